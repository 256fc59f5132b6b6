"""Searches a finished edition for what it withholds, in every form (docs/edition.md, section 11).

What is searched for is in `needles` and `digests`; how it may be spelled in `folding`, `charsets`
and `undoing`; what it may be packed into in `packed` and `layered`; `scanning` goes through the
files. Nothing here decides what is withheld, or writes anything.
"""
