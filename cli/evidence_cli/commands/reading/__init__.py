"""Commands that show what a case holds. None changes it."""
