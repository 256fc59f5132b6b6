"""Everything that puts a record into the log. Nothing else does."""
