"""Commands that correct, replace or end what is recorded. None removes it."""
