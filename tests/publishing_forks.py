"""For processes that are forked to publish: what each would import, and make, anew.

To make ready what a name is searched for with takes longer than to publish a small case.
"""

from functools import cache
from importlib import import_module

IMPORTED = (
    *("evidence_cli.commands.publishing.publish", "evidence_datasette"),
    *("evidence_db.publishing.asking", "evidence_db.publishing.writing.edition"),
    *("evidence_db.publishing.told", "evidence_db.recording.attesting.custody"),
    *("evidence_db.verifying.documents.seen", "evidence_chain.article.written"),
    *("evidence_cli.views.published.leaks", "sqlite_utils"),
)


@cache
def warm():
    """Import it, and make it ready, once."""
    for name in IMPORTED:
        import_module(name)
    from evidence_db.publishing.leaks.needles.disclosed import Disclosed
    from evidence_db.publishing.leaks.needles.keywords import own_words
    from evidence_db.publishing.leaks.needles.needles import Needles
    from evidence_db.publishing.leaks.scanning import Search
    from evidence_db.publishing.withholding.values import WithheldValue

    needles = Needles(Disclosed([], []))
    name = {"name": "speaker", "value": "Quelna Vortrex", "decided": True}
    needles.add_value(WithheldValue(0, "0" * 64, "evidence/quote", **name))
    Search(needles)
    own_words()
