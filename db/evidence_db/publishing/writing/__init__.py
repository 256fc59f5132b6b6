"""How an edition is written. What goes into it was decided before."""
