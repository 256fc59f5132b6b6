"""A passage for people: as typed, as it stands, as it is seen, and what was recorded of it."""
