"""What is withheld: who decided so, what goes with it, and what it is. Writes no edition."""
