"""What is printed of an answer, for people. Nothing is asked or decided here."""
