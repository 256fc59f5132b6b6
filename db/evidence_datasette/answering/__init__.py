"""What every page shares: how it is asked for and answered. No page of its own."""
