"""What a resolved claim says, in words: structure, integrity, passages and how they compare.

All of it is made from the JSON of `evidence resolve`. Structure and integrity are told apart, and
neither says that a claim is true: there is no score, and nothing is called verified.
"""

from __future__ import annotations

from typing import Any

from evidence_chain.digest import is_hex_digest
from evidence_chain.entry import RECORDED
from evidence_chain.kinds import label_of
from evidence_chain.mail.wording import describe
from evidence_chain.text import STANDS
from evidence_datasette.words.mark_words import cautions, dicts, marks, match_of
from evidence_db.publishing.withholding.in_words import Hidden, sentence
from evidence_db.resolving.comparison import NOT_HERE
from evidence_db.resolving.sign_off import to_look_at, to_sign

Json = dict[str, Any]

_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_PLURAL = {"supports": "support", "contradicts": "contradict", "qualifies": "qualify"}
_STATUSES = {
    "verbatim": "The file has these words, character for character.",
    "normalised": "The file has these words; only quotation marks, dashes, spaces or the like "
    "are written otherwise.",
    "elided": "The file has these words; something is left out where the dots stand.",
    "bracketed": "The file has these words; what stands in brackets is the writer's own.",
    "altered": "The words as recorded are not those of the file. The nearest passage is shown.",
    "missing": "Nothing like this stands in the file.",
    "invalid": "This has no words that could be looked for.",
    "unverifiable": "The text of the file could not be had, so nobody has compared this.",
}
_ELSEWHERE = frozenset(
    (
        *("speaker", "sender", "date", "text", "flags", "note", "role", "clause", "regions"),
        *("marks", "dkim", "page", "language", "raw"),
    )
)
"""Fields of a passage that a card shows in a place of their own."""


_FIRST = 8
"""Words of a passage that stand for one without a speaker."""


def counted(number: int, word: str) -> str:
    """A number of things in words: `one record`, `two records`, `no record`."""
    return f"{_number(number)} {word}{'s' if number > 1 else ''}"


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def structure_words(resolved: Json) -> str:
    """What speaks to the claim, in a few sentences that begin with its status."""
    said = speaking_words(resolved)
    return f"{str(resolved['status']).capitalize()}: {said[:1].lower()}{said[1:]}"


def speaking_words(resolved: Json) -> str:
    """What speaks to the claim, in a few sentences."""
    parts = [
        _speaking(resolved, "supports", _from_origins(resolved)),
        _speaking(resolved, "contradicts"),
        _speaking(resolved, "qualifies"),
    ]
    said = "; ".join(part for part in parts if part) or "nothing that counts speaks to it"
    sentences = [f"{said[:1].upper()}{said[1:]}.", *_unsupported(resolved), *_seen(resolved)]
    sentences += _left_out(resolved)
    sentences += [*_not_held(resolved), *_withheld(resolved)]
    return " ".join(sentences)


def _withheld(resolved: Json) -> list[str]:
    """Of how many supporting records it is withheld from what they come."""
    if not (untold := resolved.get("origins_withheld")):
        return []
    told = counted(untold, "supporting record")
    return [f"The origin of {told} is withheld or erased, and not counted."]


def _not_held(resolved: Json) -> list[str]:
    """How many of the origins of what supports the claim are known of, but not held."""
    roots = {
        root["id"]
        for link in resolved["chain"]
        if link["relation"] == "supports" and link["counts"]
        for root in link["record"].get("roots", ())
        if not root["held"] and root["id"] != link["record"]["id"]
    }
    if not roots:
        return []
    said = counted(len(roots), "origin")
    verb = "is" if len(roots) == 1 else "are"
    return [f"{said[:1].upper()}{said[1:]} of the support {verb} not held here."]


def _speaking(resolved: Json, relation: str, whence: str = "") -> str:
    links = [one for one in resolved["chain"] if one["relation"] == relation and one["counts"]]
    claims = sum(link["record"]["kind"] == "claim" for link in links)
    kinds = ((len(links) - claims, "record"), (claims, "claim"))
    named = [counted(number, word) for number, word in kinds if number]
    if not named:
        return ""
    verb = relation if len(links) == 1 else _PLURAL[relation]
    return f"{' and '.join(named)}{whence} {verb} it"


def _unsupported(resolved: Json) -> list[str]:
    if resolved["supports"] or not (resolved["contradicts"] or resolved["qualifies"]):
        return []
    none = "Nothing that counts supports it"
    return [f"{none}." if resolved["contradicts"] else f"{none}, or contradicts it."]


def _from_origins(resolved: Json) -> str:
    origins = resolved["origins"]
    if not origins and resolved.get("origins_withheld"):
        return " from what is withheld"
    if not origins:
        return " from no independent origin"
    return f" from {counted(origins, 'independent origin' if origins > 1 else 'origin')}"


def _seen(resolved: Json) -> list[str]:
    supports, documents = resolved["supports"], resolved["documents"]
    if not supports:
        return []
    if not documents:
        return ["The files that the support stands in are withheld."]
    through = f"seen through {counted(documents, 'preserved document')}"
    untold = _without_a_file(resolved)
    if 0 < untold < supports:
        some = _number(supports - untold)
        verb = "is" if supports - untold == 1 else "are"
        return [f"{some[:1].upper()}{some[1:]} of them {verb} {through}."]
    many = f"All {_NUMBERS[supports]} are" if 2 < supports < len(_NUMBERS) else "The support is"
    subject = "Both are" if supports == 2 else many
    return [f"{subject} {through}."]


def _without_a_file(resolved: Json) -> int:
    """How many records that support the claim stand in a file that is withheld or erased."""
    return sum(
        link["record"]["kind"] != "claim" and link["record"]["document"] is None
        for link in resolved["chain"]
        if link["relation"] == "supports" and link["counts"]
    )


def _left_out(resolved: Json) -> list[str]:
    """Of how many files, that the support stands in, the edition's publisher left it out."""
    records = [
        link["record"]
        for link in resolved["chain"]
        if link["relation"] == "supports" and link["counts"]
    ]
    files = {one["document"]["id"]: one["document"] for one in records if one.get("document")}
    out = sum(one.get("absent") is not None for one in files.values())
    if not out:
        return []
    every = "The file that the support stands in" if out == 1 else "The files that it stands in"
    some = f"{str(counted(out, 'file')).capitalize()} that the support stands in"
    verb = "was" if out == 1 else "were"
    return [f"{every if out == len(files) else some} {verb} left out of this edition."]


def integrity_words(integrity: Json) -> str:
    """What came of the checks, as a sentence."""
    counts = integrity["counts"]
    holds, failed, missed = (counts[name] for name in ("holds", "failed", "not-checked"))
    further = f" {missed:,} could not be made." if missed else ""
    if failed:
        return f"{failed:,} check{'s' * (failed > 1)} failed, {holds:,} hold.{further}"
    if missed:
        every = f"{holds + missed:,} checks"
        return f"{missed:,} of {every} could not be made; none of the others failed."
    return f"All {holds:,} checks hold." if holds > 1 else f"{holds} check holds."


def comparison(record: Json) -> str:
    """How the words as recorded compare with the file's, as a sentence."""
    withheld = "How it compares with the file is withheld."
    if not record["compared"] and match_of(record).get("status") in STANDS:
        return f"{NOT_HERE[:1].upper()}{NOT_HERE[1:]}."
    if is_silence(record) and match_of(record).get("status") in STANDS:
        return "What stands above is the head of the request, to which nothing came back."
    return _STATUSES.get(str(match_of(record).get("status")), withheld)


def why_withheld(link: Json) -> str:
    """What an edition withholds of a link's record, and why; empty if it withholds nothing."""
    record = link["record"]
    if not (why := record.get("withheld")):
        return ""
    fields = None if why["fields"] is None else tuple(why["fields"])
    shown = tuple(name for name in why["shown"] if name not in RECORDED)
    kind = label_of(record["kind"])
    return sentence(Hidden(link["relation"], kind, fields, why["reason"], shown))


def is_silence(record: Json) -> bool:
    """Whether it says that nothing came back, so that its passage is not what is said."""
    return bool(record["kind"] == "evidence/no-response")


def signatures(record: Json) -> list[str]:
    """The verdicts on the signatures of an e-mail."""
    found = [_described(one) for one in dicts(record["fields"].get("dkim"))]
    if record["kind"] == "evidence/request-email":
        return []  # it is the newsroom's own
    is_mail = record["kind"] == "evidence/response-email"
    return found or (["No signature of it is recorded."] if is_mail else [])


def _described(verdict: Json) -> str:
    try:
        return describe(verdict)
    except (KeyError, TypeError):  # of another version, which tells its verdicts otherwise
        return f"{verdict.get('domain')}: {verdict.get('verdict')}"


def pictures(record: Json) -> list[Json]:
    """The pictures of a passage that are kept, with their pages."""
    regions = dicts(record["fields"].get("regions"))
    return [one for one in regions if is_hex_digest(one.get("crop"))]


def further(record: Json) -> Json:
    """The fields of a passage that no other part of its card shows."""
    return {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in record["fields"].items()
        if name not in _ELSEWHERE
    }


def speaker(record: Json) -> str:
    """Who speaks in a passage; empty if nobody is named."""
    fields = record["fields"]
    return str(fields.get("speaker") or fields.get("sender") or fields.get("authority") or "")


def first_words(record: Json) -> str:
    """The first words of a passage; empty if it is withheld."""
    words = str(record["text"] or "").split()
    return " ".join(words[:_FIRST]) + ("…" if len(words) > _FIRST else "")


def who(record: Json) -> str:
    """Who speaks in a passage, else who published the file, else what that is called."""
    document = record["document"] or {}
    called = (document.get(name) for name in ("publisher", "title", "filename"))
    return str(speaker(record) or next(filter(None, called), ""))


def name_of(part: Json) -> str:
    """What a file, an original or another record is called."""
    named = (part.get(name) for name in ("title", "filename", "slug", "subject"))
    return str(next((one for one in named if one), "")) or _short(part)


def titled(part: Json) -> str:
    """A part by its kind, and by what it is called or who speaks in it."""
    kind = str(part.get("kind") or "link").removeprefix("evidence/").replace("-", " ")
    speaker = who(part) if "document" in part else ""
    called = speaker or name_of(part)
    return called if called == _short(part) else f"{kind} {called}"


def _short(part: Json) -> str:
    """What a part without a name is called; a link has a relation and no kind."""
    kind = str(part.get("kind") or "link").removeprefix("evidence/").replace("-", " ")
    return f"{kind} {part['id'][:8]}"


def whence(root: Json, record: Json) -> str:
    """In what way something is the origin of a passage."""
    if root["kind"].startswith("evidence/"):
        return "its file is withheld"
    if record["document"] and root["id"] == record["document"]["id"]:
        return "the file itself"
    return "held" if root["held"] else "not held"


FILTERS = {
    function.__name__: function
    for function in (
        *(structure_words, speaking_words, integrity_words, counted, comparison, cautions),
        *(marks, is_silence, signatures, pictures, further, who, name_of, titled, whence),
        *(to_sign, to_look_at, why_withheld),
    )
}
