"""What a verifier checks (docs/format.md, section 8), and its report. No idea where a case lies."""
