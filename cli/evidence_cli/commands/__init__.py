"""The commands, one file each. They are imported only when they are called."""
