"""What the tables of a case and of an edition are: their text, their rows, their statements."""
