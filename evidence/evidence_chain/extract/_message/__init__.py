"""What `message.py` is made of."""
