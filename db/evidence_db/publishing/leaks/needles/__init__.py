"""What is searched for, and what tells nothing although it is withheld. No file is searched."""
