"""A page of the web as a browser got it here, written as a packaged web archive (WACZ 1.1.1).

`browser/` drives an installed Chromium in a process of its own and notes what it loads; `recorded`
is what it notes; `warc` and `package` write that, and know no browser; `asking` asks a public
archive for its own copy. Archives are read in `extract.warc` and `extract.wacz`, as any other.
"""

from evidence_chain.capture.recorded import Certificate, Exchange, Missing, Visit

__all__ = ["Certificate", "Exchange", "Missing", "Visit"]
