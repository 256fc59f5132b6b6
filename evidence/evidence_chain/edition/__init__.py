"""An edition: what leaves the newsroom, written and read (docs/edition.md).

What is checked of one is in `checking`. Which records go into one, and whether it may be made at
all, is decided in the database's room.
"""
