"""What a verifier checks (docs/format.md, section 8), and how it reports it."""
