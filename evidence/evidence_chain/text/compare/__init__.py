"""A quote against the text that stands there: the same, edited, or different."""
