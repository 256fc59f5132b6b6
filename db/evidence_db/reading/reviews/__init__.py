"""Reviews of claims and passages, and what makes one stale. Recording one is elsewhere."""
