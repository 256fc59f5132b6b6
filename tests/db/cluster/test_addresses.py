"""Where a cluster is: an address, or workers of this machine that nobody else reaches."""

import ipaddress
import sys

import psutil
import pytest

from evidence_chain.errors import InputError
from evidence_chain.extract.guard.isolation import Isolation
from evidence_chain.spreading.cluster import Cluster
from evidence_chain.spreading.connecting import connected
from evidence_db.verifying.spread.asking import confinement


def listening():
    """The addresses that this process and those that it started listen on."""
    this = psutil.Process()
    return [
        ipaddress.ip_address(one.laddr.ip)
        for process in (this, *this.children(recursive=True))
        for one in process.net_connections(kind="inet")
        if one.status == psutil.CONN_LISTEN
    ]


def test_workers_of_this_machine_are_reached_from_it_alone():
    with connected("local:1") as client:
        assert client.scheduler.address.startswith("tls://127.0.0.1:")
        assert list(Cluster(client).in_turn(str, ["a task"], None)) == ["a task"]
        addresses = listening()
    assert addresses
    assert all(address.is_loopback for address in addresses)


@pytest.mark.parametrize(
    "address",
    ["local", "local:", "local:0", "local:-1", "local:x", "local:9999", "scheduler:8786", "tls://"],
)
def test_what_is_no_address(address):
    with pytest.raises(InputError):
        connected(address).__enter__()


def test_it_is_told_what_is_no_address(invented):
    assert "is no cluster" in invented.run("verify", "--cluster", "http://x:1", code=2).stderr


def test_without_the_extra(invented, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = invented.run("verify", "--cluster", "local:1", code=3).stderr
    assert "pip install 'evidence-chain[cluster]'" in told


def test_a_scheduler_that_is_not_there(invented, monkeypatch):
    import dask.config

    with dask.config.set({"distributed.comm.timeouts.connect": "200ms"}):
        told = invented.run("verify", "--cluster", "tcp://127.0.0.1:9", code=4).stderr
    assert "Reaching the cluster at tcp://127.0.0.1:9" in told
    assert "is not encrypted" in told


class Other:
    """Machines that confine parsers otherwise."""

    def everywhere(self, function):
        return [Isolation(function().by[1:], ["namespaces: the kernel refuses them"])]


def test_parsers_are_confined_as_where_they_are_confined_least():
    here = confinement(type("Alone", (), {"everywhere": lambda *_: []})())
    least = confinement(Other())
    assert least.by == here.by[1:]
    assert least.lacking == [*here.lacking, "namespaces: the kernel refuses them"]


def test_an_audit_in_turns_takes_no_cluster(invented):
    said = invented.run("verify", "--due", "--cluster", "local:2", code=2).stderr
    assert "--due checks on this machine alone, without --cluster" in said
