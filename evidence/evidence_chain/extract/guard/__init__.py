"""Where parsers run: a subprocess that can change nothing. No parser is in here."""
