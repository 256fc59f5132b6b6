"""Step 6: whose keys signed the log, and what others than they attest."""
