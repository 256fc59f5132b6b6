"""The append-only log: its tree, signed checkpoints and proofs. No I/O, and no kind of record."""
