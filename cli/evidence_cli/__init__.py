"""How a person drives it: what is typed in, what is printed. Nothing is decided here."""
