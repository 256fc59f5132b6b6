"""What `docx.py` is made of."""
