"""A verification that broke off, and one that goes on from what it established.

Here belong what is remembered of preserved files and the passages in them, and what is made of it.
What is taken over counts as *not checked*. How something is checked does not belong here.
"""
