"""What goes into an edition, and whether one may be made. How it is written is in the core."""
