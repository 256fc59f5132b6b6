"""Commands that look after a case on disk. None puts a record into the log."""
