"""The option by which the work of a command is spread over a cluster."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from evidence_cli.terminal import clean, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from evidence_chain.spreading.spreading import Spreading

cluster_option = click.option(
    "--cluster",
    metavar="ADDRESS|local:N",
    help="Have the workers of a Dask cluster do the work, or N of them on this machine.",
)
_PLAIN = (
    "The connection to {} is not encrypted: who can reach its port sees what is sent, and can run "
    "programs as its workers. Use tls:// where the network is not yours alone (docs/cluster.md)."
)


@contextmanager
def spread_over(address: str | None, shared: Iterable[Path]) -> Iterator[Spreading | None]:
    """Who works at the address that was given; `None` if none was.

    Args:
        address: A scheduler, or `local:N`.
        shared: What each worker has to see as it is seen here.
    """
    if address is None:
        yield None
        return
    from evidence_chain.spreading.cluster import Cluster
    from evidence_chain.spreading.connecting import connected

    if address.startswith("tcp://"):
        say(clean(_PLAIN.format(address)), err=True)
    with connected(address) as client:
        yield Cluster(client, shared)
