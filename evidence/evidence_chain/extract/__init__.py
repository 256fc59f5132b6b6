"""The text stream of a preserved file: one file per media type."""
