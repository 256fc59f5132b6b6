"""Asking witnesses to cosign the newest checkpoint, on the net or by files, and keeping it."""
