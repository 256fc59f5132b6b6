"""Annotations and form fields of a PDF, and what the page shows of them.

Not what they cover, which is seen in `hidden/`.
"""
