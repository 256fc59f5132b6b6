"""The lines that are written of a page, and what stands aside of them.

Here belongs how text is laid out and marked: white space, pictures passed in a line, numbers of
lists, lines that are shown otherwise than they are written. What an element means does not.
"""
