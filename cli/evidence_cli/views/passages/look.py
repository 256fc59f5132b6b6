"""What a program that showed the document showed of a passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_cli.terminal import flat, paint, say, wrapped

if TYPE_CHECKING:
    from evidence_chain.rendering import Look


def tell_look(look: Look | None) -> None:
    """Say what was seen, if anything was asked to be looked at."""
    if look is None:
        return
    by = f" in {look.by}" if look.by else ""
    why = f": {flat(look.detail)}" if look.detail else ""
    if look.sight == "seen":
        say(f"Looked at{by}, it is seen as it stands.")
    elif look.sight == "differs":
        say(paint(wrapped(f"Not seen so{by}{why}. Look at the document."), fg="yellow"))
    else:
        say(wrapped(f"What is seen{by}: not checked{why}."))
