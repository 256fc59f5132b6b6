"""Who vouches for the log and what is in it: its key, authorities of time-stamps, reviewers."""
