"""How a quote differs from a passage, and which passage is nearest. Nothing is accepted here."""
