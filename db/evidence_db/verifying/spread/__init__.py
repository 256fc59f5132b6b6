"""How the work of a verification is handed out, and what is said where none came back."""
