"""Options that several commands share, and what is made of what a user typed in them."""
