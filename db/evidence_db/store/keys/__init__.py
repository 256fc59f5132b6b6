"""The keys that sign the log, and what is kept beside them, outside the case. No note is made."""
