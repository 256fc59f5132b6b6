"""The order in which a page of a PDF is read: by where its glyphs stand, not as the file has them.

Here a page's text is put right, and marked where that can't be told. Nothing in here says whether
a text is seen.
"""
