"""Commands that check before publication, and publish. None puts a record into the log."""
