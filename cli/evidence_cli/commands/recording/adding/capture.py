"""`evidence capture`."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import click

from evidence_chain.capture.asking import ARCHIVE, ask
from evidence_chain.errors import ExtractionError, InputError, UncheckedError
from evidence_chain.wording.plural import counted
from evidence_cli.session import Session, common
from evidence_cli.terminal import flat, paint, progress, say, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.capture.browser.running import Got
    from evidence_db.case import Case
    from evidence_db.recording.preserving.containers import Preserved

_NAMED = 20
"""Missing things that are named for themselves."""


class _Captured(NamedTuple):
    """A page, its record and those of its parts, and where an archive keeps a copy."""

    got: Got
    preserved: list[Preserved]
    copy: str
    unquotable: str


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option(
    "--also-archive",
    is_flag=True,
    help="Ask a public archive for a copy of its own. It learns the address, and may publish it.",
)
@click.option(
    "--archive",
    default=ARCHIVE,
    metavar="URL",
    help=f"Which archive is asked: one that takes URL/save/PAGE. [{ARCHIVE}]",
)
@click.option(
    "--untrusted",
    is_flag=True,
    help="Get a page though its server's certificate isn't valid; that is told.",
)
@common
@click.pass_context
def command(
    context: click.Context,
    /,
    urls: tuple[str, ...],
    also_archive: bool,
    archive: str,
    untrusted: bool,
) -> None:
    """Get pages of the web with an installed Chromium, and preserve them.

    Each becomes one web archive (WACZ) of all that was loaded, with a picture of the whole page, a
    PDF and the server's certificates as its parts. The browser has no past and no extensions, and
    nothing is clicked; cookies and credentials are not kept. What is missing is named. The server
    sees that you ask.

    \b
    Exit codes:
      0  every page was got
      3  a page could not be got, or an archive not be asked; the others are preserved
    """  # noqa: D301
    session = context.ensure_object(Session)
    for url in (*urls, archive):
        _check_address(url)
    case = session.case()
    failures: list[str] = []
    captured: list[_Captured] = []
    with tempfile.TemporaryDirectory() as folder, progress() as show:
        for done, got in enumerate(_got(urls, Path(folder), untrusted=untrusted), 1):
            if got.failed:
                failures.append(f"{got.asked} was not got: {got.failed}.")
            else:
                copy = _copy(got.asked, archive, failures) if also_archive else ""
                captured.append(_preserve(session, case, got, copy))
            show("Getting pages", done, len(urls))
    if not captured:
        raise ExtractionError(f"{' '.join(failures)} Nothing was recorded.")
    for failure in failures:
        say(flat(failure), err=True)
    ids = [one.preserved[0].recorded.id for one in captured]
    session.answer(
        {"captured": [*map(_result, captured)], "failures": failures},
        ids,
        lambda: _tell(captured, archive),
    )
    context.exit(3 if failures else 0)


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fits = False
    if not fits or not url.isprintable() or " " in url:
        raise InputError(f"{url!r} is no address of a page, such as https://press.example/news.")
    if parts.username is not None or parts.password is not None:
        raise InputError(
            "The address holds a name or a password, which would stand in the archive for good. "
            "Give it without."
        )


def _got(urls: tuple[str, ...], folder: Path, *, untrusted: bool) -> Iterator[Got]:
    from evidence_chain.capture.browser.running import capture

    return capture(urls, folder, untrusted=untrusted)


def _copy(url: str, archive: str, failures: list[str]) -> str:
    try:
        return ask(url, archive)
    except UncheckedError as error:
        failures.append(str(error))
        return ""


def _preserve(session: Session, case: Case, got: Got, copy: str) -> _Captured:
    from evidence_db.recording.preserving.captured import described, receive
    from evidence_db.recording.preserving.containers import preserve
    from evidence_db.recording.preserving.drawing import draw_texts

    with ExitStack() as stack:
        container = receive(case.files, got, stack)
        with session.writer(case) as writer:
            preserved = preserve(writer, container, described(got, copy))
    id_ = preserved[0].recorded.id
    texts = draw_texts(case, [one.recorded.id for one in preserved if not one.unquotable])
    return _Captured(got, preserved, copy, texts.unquotable.get(id_, ""))


def _result(one: _Captured) -> dict[str, Any]:
    first, *parts = one.preserved
    return {
        "id": first.recorded.id,
        "index": first.recorded.index,
        **one.got.account,
        "parts": [{"id": part.recorded.id, "file": part.name} for part in parts],
        "unread": first.unread,
        "notes": first.held.told,
        "unquotable": one.unquotable or None,
        "copy": one.copy or None,
    }


def _tell(captured: list[_Captured], archive: str) -> None:
    for one in captured:
        for line in _lines(one, archive):
            say(line)


def _lines(one: _Captured, archive: str) -> Iterator[str]:
    """What is told of a page."""
    account, (first, *parts) = one.got.account, one.preserved
    id_ = first.recorded.id[:8]
    yield f"Captured {paint(flat(one.got.asked))} as artifact {paint(id_, bold=True)}."
    for step in account["redirects"]:
        yield f"  Redirected ({step['status']}): {flat(step['url'])}"
    answered = f", from {flat(account['address'])}" if account["address"] else ""
    yield f"  Page: {flat(account['url'])}, captured at {account['at']}{answered}"
    if account["status"] != 200:
        yield f"  The server answered {account['status']}: this may be a page of errors."
    for part in parts:
        yield f"  Part: {flat(part.name)} as artifact {part.recorded.id[:8]}"
    missing = account["missing"]
    yield f"  Loaded {counted(account['loaded'], 'answer')}; {len(missing) or 'nothing'} missing."
    for lacking in missing[:_NAMED]:
        yield f"  Missing: {flat(lacking['url'])[:200]}: {flat(lacking['why'])}"
    if len(missing) > _NAMED:
        yield f"  and {len(missing) - _NAMED:,} more; all are named in the archive."
    for said in [*account["told"], *([first.unread] if first.unread else [])]:
        yield wrapped(flat(said), "  ")
    if one.copy:
        yield f"  {flat(archive)} says that it keeps a copy: {flat(one.copy)}"
    if one.unquotable:
        yield wrapped(f"It can't be quoted from: {flat(one.unquotable)}", "  ")
    else:
        yield f'To quote from it: evidence quote {id_} "…"'
