"""Where a passage stands in its file, before it is recorded. Nothing is written here."""
