"""One claim's chain: what it rests on, each part checked. The whole log is verified elsewhere."""
