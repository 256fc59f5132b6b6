"""Where an article quotes somebody: found by rules, over its paragraphs. Nothing is looked up."""

from evidence_chain.text.quotations.finding import find, indirect
from evidence_chain.text.quotations.paragraph import Left, Paragraph, Quotation, Span

__all__ = ["Left", "Paragraph", "Quotation", "Span", "find", "indirect"]
