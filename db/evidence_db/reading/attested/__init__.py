"""What others than the log say: reviews, whether they are stale, and time-stamps, as they read."""
