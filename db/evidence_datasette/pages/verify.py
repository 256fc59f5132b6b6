"""The checks of `evidence verify`, run here: of the case, or of one claim, record or document.

    /DB/-/verify?of=REF         the finished report; without `of` that of the whole case
    /DB/-/verify.json?of=REF    as `evidence verify --json`
    /DB/-/verify.ndjson?of=REF  a line of JSON for each check as it goes on and ends

Who may ask, and for how much, is said in `evidence_datasette.answering.verification`.
"""

from __future__ import annotations

import asyncio
import json
import shlex
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from datasette import Response
from datasette.utils.asgi import AsgiStream

from evidence_chain.edition.checking.asked import EDITION_CHECKS
from evidence_chain.verify.report import CHECKS, Outcome
from evidence_chain.wording.plural import counted
from evidence_datasette.answering.page import (
    CHAIN_TABLES,
    FRESH,
    HEADERS,
    Page,
    View,
    Visit,
    enter,
    look,
    rendered,
)
from evidence_datasette.answering.verification import (
    StoppedError,
    may_verify_all,
    verification,
)
from evidence_datasette.asking.whence import is_foreign
from evidence_datasette.words.shown_text import plain
from evidence_db.reading.attested.keys import own_key_of
from evidence_db.reading.references import find_record

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from datasette import Request
    from datasette.app import Datasette
    from datasette.utils.asgi import AsgiWriter

    from evidence_datasette.answering.verification import Event

_TOO_MUCH = (
    "Verifying a whole log takes much work, so this server does it only for those who run it. "
    "Do it with your own copy of the case."
)
_FOREIGN = "Another site sent you here, so nothing was started. Press the button to verify."
_CLAIM_ALONE = "What the claim rests on was checked, not the rest of the log."
_SIGNED = (
    "A checkpoint is signed with the key of whoever serves this page. Compare that key with one "
    "that reached you by another way."
)
_OUT_OF_TIME = 503


def read(view: View) -> dict[str, Any]:
    """What is to be verified, and the command that does it at home."""
    reference = view.query.get("of", "")
    record = find_record(view.reader, reference) if reference else None
    edition = view.case.edition is not None
    words = (
        ["evidence", "check", "EDITION"] if edition else ["evidence", "verify", "--case", "CASE"]
    )
    if key := own_key_of(view.reader, published=edition):
        words += ["--key", str(key)]
    if record is not None and record.kind == "claim" and not edition:
        words.append(str(record.body.get("slug") or record.id))
    return {
        "of": reference,
        "id": record and record.id,
        "index": record and record.index,
        "kind": record.kind if record else "case",
        "called": record and (record.body.get("slug") or record.body.get("filename")),
        "command": shlex.join(words),
    }


PLAIN = Page("verify", "verify.html", read, CHAIN_TABLES)


@dataclass(frozen=True, slots=True)
class _Asked:
    visit: Visit
    subject: dict[str, Any]
    info: Any
    what: dict[str, int]
    note: str = ""
    """What the reader should know of how much is checked."""
    refused: str = ""
    """Why nothing is checked, if that is so."""


async def _ask(datasette: Datasette, request: Request) -> _Asked:
    visit = await enter(datasette, request, CHAIN_TABLES)
    subject, info = await look(visit, lambda view: (read(view), view.reader.info()))
    whole = may_verify_all(datasette, request, visit.to.database)
    kind, index = subject["kind"], subject["index"]
    refused = _FOREIGN if is_foreign(request) else ""
    if kind == "case":
        return _Asked(visit, subject, info, {}, refused=refused or ("" if whole else _TOO_MUCH))
    if kind == "claim" and not whole:
        return _Asked(visit, subject, info, {"chain": index}, _CLAIM_ALONE, refused)
    sort = {"claim": "claim", "artifact": "document"}.get(kind, "record")
    return _Asked(visit, subject, info, {sort: index}, refused=refused)


async def page(datasette: Datasette, request: Request) -> Response:
    """Run the checks and show the finished report, for browsers that run no scripts."""
    asked = await _ask(datasette, request)
    rows, report, stopped = await _finished(datasette, asked)
    data = asked.subject | {"rows": rows, "report": report, "stopped": stopped, "note": asked.note}
    data["said"] = summary(report) if report else ""
    response = await rendered(PLAIN, datasette, asked.visit, {"data": data, "info": asked.info})
    response.status = 403 if asked.refused else _OUT_OF_TIME if stopped else 200
    return response


async def as_json(datasette: Datasette, request: Request) -> Response:
    """Run the checks and answer as `evidence verify --json` does."""
    asked = await _ask(datasette, request)
    _, report, stopped = await _finished(datasette, asked)
    if report is None:
        status = 403 if asked.refused else _OUT_OF_TIME
        said = {"ok": False, "error": stopped, "status": status, "title": None}
        return Response.json(said, status=status, headers=HEADERS | FRESH)
    kind = "application/json; charset=utf-8"
    return Response(json.dumps(report, indent=2), 200, HEADERS | FRESH, kind)


async def stream(datasette: Datasette, request: Request) -> AsgiStream:
    """Run the checks and tell each as it ends."""
    asked = await _ask(datasette, request)

    async def write(to: AsgiWriter) -> None:
        with suppress(_LeftError):
            await _while_listening(asked.visit.request, _tell(datasette, asked, to))

    headers = HEADERS | FRESH | {"X-Accel-Buffering": "no"}
    return AsgiStream(write, headers=headers, content_type="application/x-ndjson; charset=utf-8")


async def _tell(datasette: Datasette, asked: _Asked, to: AsgiWriter) -> None:
    async def say(event: Event) -> None:
        await to.write(json.dumps(event) + "\n")

    await say({"command": plain(asked.subject["command"])})
    try:
        async with aclosing(_events(datasette, asked)) as events:
            async for event in events:
                await say(_to_show(event))
    except StoppedError as error:
        await say({"stopped": plain(error)})


async def _finished(
    datasette: Datasette, asked: _Asked
) -> tuple[list[Event], dict[str, Any] | None, str]:
    """The last state of each check, the report, and why there is none if so."""
    rows: dict[str, Event] = {}
    report: list[dict[str, Any]] = []

    async def collect() -> None:
        async with aclosing(_events(datasette, asked)) as events:
            async for event in events:
                if "check" in event:
                    rows[event["check"]] = event
                elif "report" in event:
                    report.append(event["report"])

    try:
        await _while_listening(asked.visit.request, collect())
    except StoppedError as error:
        return _in_order(rows), None, str(error)
    return _in_order(rows), report[0] if report else None, ""


def _in_order(rows: dict[str, Event]) -> list[Event]:
    order = list(CHECKS | EDITION_CHECKS)
    return sorted(rows.values(), key=lambda row: (row["step"], order.index(row["check"])))


async def _events(datasette: Datasette, asked: _Asked) -> AsyncGenerator[Event, None]:
    if asked.refused:
        raise StoppedError(asked.refused)
    found = verification(datasette, asked.visit.path, asked.what)
    async with aclosing(found) as events:
        async for event in events:
            is_signature = event.get("check") == "signature"
            yield event | {"meaning": _SIGNED} if is_signature else event


def _to_show(event: Event) -> Event:
    """An event as a script shows it: hostile characters visible, the report summed up."""
    if report := event.get("report"):
        return {"outcome": report["outcome"], "said": summary(report), "absent": report["absent"]}
    if "findings" in event:
        shown = [one | {"detail": plain(one["detail"])} for one in event["findings"]]
        return event | {"findings": shown}
    return event


def summary(report: dict[str, Any]) -> str:
    """The outcome of a report in a sentence."""
    counts = report["counts"]
    held, failed, missing = (counts[outcome] for outcome in Outcome)
    if failed:
        names = {one["check"] for one in report["checks"] if one["outcome"] == Outcome.FAILED}
        which = ", ".join(
            name for name in dict.fromkeys((*CHECKS, *EDITION_CHECKS)) if name in names
        )
        left = f" {missing:,} could not be made." if missing else ""
        return f"Failed: {failed:,} of {held + failed:,} checks made ({which}).{left}"
    if missing or not held:
        left = counted(missing, "check")
        return f"Not all could be checked: {left} not made. {held:,} hold, none failed."
    return f"Every check holds: {held:,} of them."


class _LeftError(StoppedError):
    """Whoever asked has gone away."""


async def _while_listening(request: Request, work: Awaitable[None]) -> None:
    """Do work as long as somebody waits for it.

    Raises:
        StoppedError: of the work.
        _LeftError: nobody does any more.
    """
    working, left = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request.receive))
    try:
        await asyncio.wait({working, left}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise _LeftError("Nobody waits for it any more.")
        working.result()
    finally:
        for task in (working, left):
            task.cancel()
            with suppress(asyncio.CancelledError, StoppedError):
                await task


async def _gone(receive: Callable[[], Awaitable[dict[str, Any]]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


VIEWS = (("verify", page), (r"verify\.json", as_json), (r"verify\.ndjson", stream))
