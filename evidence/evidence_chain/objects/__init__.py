"""Objects in a bucket, read by `obstore` (extra `cluster`), imported when one is asked for.

What is made of them, an edition or the files of a case, is decided where they are wanted.
"""
