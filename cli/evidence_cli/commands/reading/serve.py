"""`evidence serve`."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_chain.errors import InputError, StorageError
from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import paint, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_datasette.serving import Asgi
    from evidence_db.case import Case

PORT = 8001
_WAITING = 128
"""Connections that wait to be accepted."""


@click.command()
@click.argument("where", required=False, metavar="[CASE | EDITION]", type=click.Path())
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"The port to listen on; 0 takes any that is free.  [default: {PORT}, else any]",
)
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option(
    "--record", "records", is_flag=True, help="Let who holds the link that it prints record, too."
)
@common
@pass_session
def command(
    session: Session,
    where: str | None,
    host: str,
    port: int | None,
    *,
    no_open: bool,
    records: bool,
) -> None:
    """Show a case or an edition in the browser, with Datasette, until Ctrl-C.

    CASE and EDITION are directories, or the evidence.db in them. With --record, whoever opens
    the link that is printed, once, approves and rejects on the pages, and records passages; the
    browser isn't opened then, since other users of this machine could read the link.

    \b
    Exit codes:
      0  it was ended, by Ctrl-C or SIGTERM
      2  there is no case or edition, or nothing can listen there
      4  it could not be read
    """  # noqa: D301
    from evidence_datasette.answering.links import Links
    from evidence_datasette.asking.desk import desk_of
    from evidence_datasette.serving import answering_to, served
    from evidence_db.case import Case
    from evidence_db.store.connection import fold

    case = Case.open(Path(where)) if where else session.case(published=True)
    what = "case" if case.edition is None else "edition"
    if records:
        _check_recording(case, host)
    datasette = served(case.database, records=records)
    listening = _listen(host, port)
    name = next(n for n, db in datasette.databases.items() if db.path == str(case.database))
    to, start = Links(datasette, name), f"http://{_shown(host)}:{listening.getsockname()[1]}"
    address = start + to.claims()
    desk = desk_of(datasette)
    link = start + to.page(f"begin/{desk.secret}") if desk else None
    app = datasette.app()
    if _is_loopback(host):
        app = answering_to(app, {_shown(host).lower(), "localhost", "127.0.0.1", "[::1]"})
    else:
        say(
            f"{paint('Warning', fg='yellow')}: everybody who reaches {host} can read this {what}, "
            "its preserved files too. There is no password and no encryption.",
            err=True,
        )
    told = {"address": address, **({"record": link} if link else {})}
    session.answer(told, [link or address], lambda: _tell(address, what, link))
    try:
        _serve(app, listening, None if no_open or link else lambda: _open(address))
    except KeyboardInterrupt:
        say("Ended.", err=True)
        if case.edition is None:
            fold(case.database)
        _leave()


def _check_recording(case: Case, host: str) -> None:
    """Refuse to let anybody record in an edition, or over a network where nobody logs in.

    Raises:
        InputError: that was asked for.
    """
    from evidence_datasette.answering.compat import has_login

    if case.edition is not None:
        raise InputError("This is an edition, in which nothing is recorded. Leave --record out.")
    if not _is_loopback(host) and not has_login():
        raise InputError(
            f"--record on {host}: others reach that, and nobody logs in here. Leave --host out, or "
            "install a plugin of Datasette that readers log in with, and serve it over https."
        )


def _tell(address: str, what: str, link: str | None) -> None:
    say(f"Reading the {what} at {paint(address, bold=True)}")
    if link:
        say(f"To record, open this once, in one browser: {paint(link, bold=True)}")
    say("Ctrl-C ends it.")


def _open(address: str) -> None:
    """Open the browser; without a screen, one that reads in the terminal would wait for us."""
    if not _has_screen() or click.launch(address) != 0:
        say("No browser could be opened here. Open the address in one.", err=True)


def _has_screen() -> bool:
    shown = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in shown)


def _listen(host: str, port: int | None) -> socket.socket:
    """A socket that listens, so that a browser may be sent there at once.

    Raises:
        InputError: the address or port can't be had.
    """
    asked = PORT if port is None else port
    try:
        return _bound(host, asked)
    except (OSError, UnicodeError) as error:  # a name of a host has to be one of IDNA
        if port is None and _is_loopback(host):
            return _bound(host, 0)
        reason = getattr(error, "strerror", None) or "there is no such host"
        raise InputError(
            f"Nothing can listen on {host}, port {asked}: {reason}. Name another --port or --host."
        ) from error


def _bound(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_WAITING)
    except OSError:
        listening.close()
        raise
    return listening


def _serve(app: Asgi, listening: socket.socket, then: Callable[[], object] | None) -> None:
    """Answer requests until Ctrl-C or SIGTERM; `then` is done as soon as somebody may ask.

    Raises:
        KeyboardInterrupt: that is how it ends.
        StorageError: the server ended otherwise.
    """
    from evidence_datasette.serving import CaseServer

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if then is not None:
        then()
    with suppress(SystemExit):
        CaseServer(app).run(sockets=[listening])
    raise StorageError("The server could not start, or ended by itself. What it said is above.")


def _leave() -> None:
    """End this process at once: a thread that still reads has nothing to lose, and would go on."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _shown(host: str) -> str:
    """A host as it stands in an address."""
    return f"[{host}]" if ":" in host else host
