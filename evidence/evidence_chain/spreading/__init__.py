"""Tasks handed to whoever works them out: processes here, or the workers of a cluster."""
