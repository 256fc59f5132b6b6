"""What holds of whatever anybody writes, and not of the examples alone.

A package, so that a law may have the name of the tests that show the same by example.
"""
