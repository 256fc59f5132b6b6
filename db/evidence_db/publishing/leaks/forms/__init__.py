"""How something may be written: folded, in charsets, escaped, packed. Knows nothing of a case."""
