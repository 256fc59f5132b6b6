"""A document's text and pages with the passages in them. No claim is judged here."""
