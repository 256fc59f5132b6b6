"""Commands that make a case, put records into it, and sign its log. None only shows."""
