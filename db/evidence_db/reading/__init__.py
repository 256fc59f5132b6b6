"""Questions asked of a case, and their answers. Nothing here writes."""
