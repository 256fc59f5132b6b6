"""A cluster reached at its address, or started on this machine."""

from __future__ import annotations

import logging
import re
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import InputError, StorageError, UncheckedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import Client, LocalCluster

MOST = 1024
"""Workers that may be started on this machine."""
_LOCAL = re.compile(r"local:([1-9][0-9]{0,3})")
_KEPT = {"distributed.deploy.lost-worker-timeout": "1 hour"}
"""Else a worker that was killed is given up for good, though its nanny starts another one."""
_NO_PAGES: dict[str, list[Any]] = {
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the cluster at an address, or of `local:N` workers that are started for it.

    Whether the connection is encrypted is as the address (`tls://…`) and Dask's configuration say.
    The workers on this machine listen on loopback alone, for who has a certificate made for them.

    Raises:
        InputError: that is no address.
        StorageError: there is no scheduler.
        UncheckedError: the extra `cluster` is not installed.
    """
    try:
        import distributed
    except ImportError as error:
        raise UncheckedError(
            "Work is spread over a cluster by Dask, which is not installed: "
            "pip install 'evidence-chain[cluster]'."
        ) from error
    local = _LOCAL.fullmatch(address)
    if local is None and not re.fullmatch(r"(tcp|tls)://[^\s/]+:[0-9]{1,5}", address):
        raise InputError(
            f"{address} is no cluster. Name the address of its scheduler, such as "
            "tls://scheduler:8786, or local:N for N workers on this machine."
        )
    with ExitStack() as stack:
        scheduler: Any = address
        if local is not None:
            if (count := int(local[1])) > MOST:
                raise InputError(f"{count} workers are too many for one machine; {MOST} may be.")
            scheduler = stack.enter_context(started(count))
        try:
            client = stack.enter_context(distributed.Client(scheduler, set_as_default=False))
        except (OSError, TypeError, RuntimeError) as error:
            raise StorageError(
                f"Reaching the cluster at {address}: {error}. Is its scheduler running, and do "
                "this machine and it have the same certificates (Dask's distributed.comm.tls)?"
            ) from error
        yield client


@contextmanager
def started(count: int, *, security: bool = True) -> Iterator[LocalCluster]:
    """Workers on this machine that listen on loopback alone, without any page of HTTP.

    Args:
        count: How many; none is a scheduler that waits for workers.
        security: Whether only those who have a certificate that is made for them can connect.
    """
    import dask.config
    from distributed import LocalCluster

    loopback = "127.0.0.1"
    with (
        tempfile.TemporaryDirectory(prefix="evidence-cluster-") as place,
        dask.config.set(_NO_PAGES | _KEPT),
        ExitStack() as stack,
    ):
        cluster = LocalCluster(
            n_workers=count,
            threads_per_worker=1,
            host=loopback,
            security=security or None,
            silence_logs=logging.CRITICAL,
            local_directory=place,
            dashboard_address=f"{loopback}:0",
            worker_dashboard_address=f"{loopback}:0",
            scheduler_kwargs={"dashboard": False},
        )
        stack.callback(_close, cluster)
        yield cluster


def _close(cluster: LocalCluster) -> None:
    """End a cluster. Where a worker was replaced, Dask may fail to remember which it was."""
    with suppress(KeyError):
        cluster.close()
