"""What stands in the header of a message, and in the fields that sign it, read strictly.

Nothing is checked here, and no key is known.
"""
