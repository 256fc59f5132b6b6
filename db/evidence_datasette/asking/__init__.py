"""Who asks, from where, and what they sent. No page, and nothing of a case.

whence     this machine, another site, a page of ours
desk       who may record: the one-time link, and who holds it
body       what was sent, bounded
"""
