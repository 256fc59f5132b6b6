"""The database of an edition, against its log (docs/edition.md, section 9, step 5).

It is hostile: it is opened read-only, nothing of its own is run, and its schema is looked at before
any row. `looked` finds out quickly whether anything is wrong; `told` says what.
"""
