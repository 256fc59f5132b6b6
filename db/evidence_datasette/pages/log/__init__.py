"""The pages of the log: all of it, one entry, what an entry records. Nothing is verified here."""
