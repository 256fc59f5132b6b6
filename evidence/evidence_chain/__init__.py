"""What an evidence record is, and what proves it. No SQL, no terminal, no page of the web.

The core modules (`canonical`, `digest`, `entry`, `log`, `rules`, `graph`) do no I/O and
need no more than `blake3`, `rfc8785` and `cryptography`.
"""

__version__ = "0.1.0"
