"""A link to a claim as a card, made by functions: a page has some thirty, each of sixty values.

A template looks up each name at run time and wraps what each macro gives; the functions here write
the same text in a third of the time. What several pages show of a record (`notices`) is made here
too, and the macros of `evidence/parts/parts.html` hand on to it. No whole page belongs here.

Whatever stands in braces of an f-string here is HTML already, or a number: a call of what returns
`Markup` or a name that holds it, as a test makes sure of.
"""
