"""What is drawn on a page of a PDF, and which of its texts aren't seen, or are seen struck out.

No text is changed in here, and no order.
"""
