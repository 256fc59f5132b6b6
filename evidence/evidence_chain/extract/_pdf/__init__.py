"""What `pdf.py` is made of."""
