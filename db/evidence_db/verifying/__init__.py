"""The nine steps of a verification (docs/format.md, section 8) over a case. Nothing is repaired."""
