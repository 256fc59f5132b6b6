"""A quote against the text that stands there. What a language is lies in `language`."""
