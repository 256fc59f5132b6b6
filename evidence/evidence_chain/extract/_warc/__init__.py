"""What `warc.py` and `wacz.py` are made of."""
