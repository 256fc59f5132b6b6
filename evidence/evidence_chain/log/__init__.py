"""The append-only log: its tree, its signed checkpoints, its proofs. No I/O."""
