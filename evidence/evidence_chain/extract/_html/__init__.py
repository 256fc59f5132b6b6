"""What `html.py` is made of."""
