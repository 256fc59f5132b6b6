"""Time-stamps."""
