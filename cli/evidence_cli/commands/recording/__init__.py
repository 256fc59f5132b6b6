"""Commands that make a case and put records into it."""
