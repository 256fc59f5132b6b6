"""People with a browser: Debian's Chromium reads cases that `evidence serve` serves.

A package, so that the browser ends with its tests: the event loop that drives it would be in the
way of others' tests.
"""
