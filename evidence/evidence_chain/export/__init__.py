"""What is said of records in others' words, one file for each format. Nothing here does I/O."""
