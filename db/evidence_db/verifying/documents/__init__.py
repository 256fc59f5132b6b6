"""A preserved file, its text drawn anew, and all that records say of it: step 8."""
