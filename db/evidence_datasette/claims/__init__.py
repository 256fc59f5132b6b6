"""Which claims are listed, and in what order. What a claim says is in `words`."""
