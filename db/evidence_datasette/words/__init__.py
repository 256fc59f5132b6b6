"""What is said to a reader, in words and small marks. Nothing here reads the database."""
