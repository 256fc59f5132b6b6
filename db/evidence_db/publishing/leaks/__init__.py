"""Searches a finished edition for what it withholds, in every form (docs/edition.md, section 11).

What is searched for is in `needles` and `digests`, how it may be written in `forms`; `scanning`
goes through the files, and `report` says what it found. Nothing here decides what is withheld.
"""
