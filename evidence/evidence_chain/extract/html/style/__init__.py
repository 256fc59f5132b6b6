"""What a page's own style sheets say of each element, and whether that hides it.

Here belongs what knows CSS: which rule holds for which element, what a value comes to, what of it
keeps text from being seen. What elements mean, and where text stands, does not. Where a value
can't be judged the answer is *possibly hidden*, never *seen*.
"""
