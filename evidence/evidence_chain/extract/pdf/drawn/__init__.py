"""What pdfium says is drawn on a page: its objects, its characters, and where they are.

No judgement lies in here: `order/` says how it is read, `hidden/` what of it is seen.
"""
