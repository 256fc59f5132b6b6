"""Commands that show what a case holds."""
