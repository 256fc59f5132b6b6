"""What is checked of an edition, in the steps of docs/edition.md, section 9.

Nothing here needs a case, a database or a network; the edition's database is looked at by whoever
brings what can read one.
"""
