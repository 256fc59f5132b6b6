"""The commands, a file each, imported when called. What they share lies one folder up."""
