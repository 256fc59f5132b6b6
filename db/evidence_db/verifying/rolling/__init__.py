"""A verification in parts: what was longest unchecked, as far as a budget reaches.

Here belong what there is to look at, what was looked at when, and what a run costs. How something
is checked does not: that is the same as in a verification of everything.
"""
