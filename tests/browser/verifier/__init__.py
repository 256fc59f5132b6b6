"""`verify.html`, and editions that are dropped on it."""
