"""Drives an installed Chromium with Playwright, in a process that can be killed.

`running` starts that process and is all that others call; `driver` runs in it. Playwright is an
extra, imported there alone.
"""
