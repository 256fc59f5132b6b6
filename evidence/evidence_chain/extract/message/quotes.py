"""What in an e-mail is somebody else's words: quoted lines and copied messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.extract.stream import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTED_LINES = re.compile(r"^[ \t]?>[^\n]*(?:\n[ \t]?>[^\n]*)*", re.MULTILINE)

_RULE = r"[-_–—]{2,40}"
_COPIED = re.compile(
    rf"""^[ \t]{{0,20}}(?:
      {_RULE}[ \t\xa0]{{0,9}}(?:
        Original[ ](?:Message|Appointment)|Original-Nachricht|Ursprüngliche[ ]Nachricht
        |Message[ ](?:d['’]origine|original)|Mensaje[ ]original|Messaggio[ ]originale
        |Mensagem[ ]original|Oorspronkelijk[ ]bericht|Originalmeddelande|Исходное[ ]сообщение
        |Пересылаемое[ ]сообщение|原始邮件|原始郵件|转发的?邮件|转发邮件信息|轉寄的?郵件
        |元のメッセージ|転送メッセージ|원본[ ]메시지|Forwarded[ ]message|Weitergeleitete[ ]Nachricht
        |Message[ ]transféré|Forwarded[ ]by[^\n]{{0,200}}
      )[ \t\xa0]{{0,9}}{_RULE}
      |Begin[ ]forwarded[ ]message:|Anfang[ ]der[ ]weitergeleiteten[ ](?:E-Mail|Nachricht):
    )""",
    re.MULTILINE | re.IGNORECASE | re.VERBOSE,
)
"""The line above a copied message."""

_FROM = re.compile(
    r"^[ \t*_]{0,9}(?:From|Von|De|Da|Van|Från|Fra|Od|От|От кого|发件人|發件人|寄件者|寄件人|差出人|"
    r"보낸 ?사람)[ \t*_]{0,9}[:：]",
    re.MULTILINE | re.IGNORECASE,
)
_DATE = re.compile(
    r"^[ \t*_]{0,9}(?:Sent|Date|Gesendet(?: am)?|Datum|Envoyé(?: le)?|Fecha|Enviado(?: el| em)?|"
    r"Inviato|Data|Verzonden|Skickat|Sendt|Wysłano|Отправлено|Дата|发送时间|发送日期|發送時間|"
    r"日期|时间|時間|寄件日期|傳送時間|送信日時|日時|보낸 ?날짜)[ \t*_]{0,9}[:：]",
    re.MULTILINE | re.IGNORECASE,
)
_HEADER_LINES = 6
"""Lines after a copied sender within which a date follows."""

_COLON = re.compile(r"[:：][ \t\xa0]{0,9}$", re.MULTILINE)
_WROTE = re.compile(
    r"\b(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał\(?a?\)?|"
    r"(?:на)?писал\(?а?\)?|пишет)\b|写道|寫道",
    re.IGNORECASE,
)
_OPENED = re.compile(
    r"\s*(?:On|Am|Le|El|Il|Op|Den|Em|Dnia|W dniu|В|在|於|于)\b[^>]*\d", re.IGNORECASE | re.DOTALL
)
_DATED = re.compile(r"\S@\S|\d:\d\d|\d年")
_ADDRESS = re.compile(r"\s*[<\[]?\S+@\S+[>\]]?\s*")
_QUOTES = re.compile(r"\s{0,99}>")
_LINES, _WIDTH = 3, 300
"""Lines and characters that an attribution has at most."""


def quoted(text: str) -> list[Mark]:
    """The stretches of a plain text that quote: lines that begin with `>`, and copied messages.

    A copied message (below "On … wrote:", "-----Original Message-----" or a block of headers) ends
    where the text ends, since nothing says where; what is below an attribution and begins with `>`
    ends with its last such line. In doubt more is marked rather than less.
    """
    starts = [*_copied(text), *_with_headers(text), *_attributed(text)]
    end = min(starts, default=len(text))
    lines = [found.span() for found in _QUOTED_LINES.finditer(text) if found.start() < end]
    marks = [Mark(at, min(to, end), MarkKind.QUOTED, "lines with >") for at, to in lines]
    copied = [Mark(end, len(text), MarkKind.QUOTED, "copied message")] if starts else []
    return marks + copied


def _copied(text: str) -> Iterator[int]:
    yield from (found.start() for found in _COPIED.finditer(text))


def _with_headers(text: str) -> Iterator[int]:
    """Where a sender and a date are named, line by line."""
    for found in _FROM.finditer(text):
        lines = text[found.start() : found.end() + 2000].split("\n")[1 : 1 + _HEADER_LINES]
        if any(map(_DATE.match, lines)):
            yield found.start()


def _attributed(text: str) -> Iterator[int]:
    """Where somebody is said to have written what follows, and no line with `>` follows."""
    for colon in _COLON.finditer(text):
        if _WROTE.search(text, _last_line(text, colon.start()), colon.start()):
            start = _attribution(text, colon)
            if start is not None and not _QUOTES.match(text, colon.end()):
                yield start


def _last_line(text: str, end: int) -> int:
    """Where the line begins that ends there; the one before, where it is but an address."""
    furthest = max(0, end - _WIDTH)
    start = max(text.rfind("\n", furthest, end) + 1, furthest)
    if _ADDRESS.fullmatch(text, start, end):
        start = max(text.rfind("\n", furthest, max(start - 1, furthest)) + 1, furthest)
    return start


def _attribution(text: str, colon: re.Match[str]) -> int | None:
    """Where the attribution begins that ends there, if it is one: it tells a date or address."""
    starts = list(_line_starts(text, colon.start()))
    opened = [at for at in starts if _OPENED.match(text, at, colon.end())]
    dated = [at for at in starts if _DATED.search(text, at, colon.end())]
    return next(iter([*opened[-1:], *dated]), None)


def _line_starts(text: str, at: int) -> Iterator[int]:
    """Where the line begins that holds `at`, and some before it, up to one that is quoted."""
    furthest = max(0, at - _WIDTH)
    for _ in range(_LINES):
        at = text.rfind("\n", furthest, at) + 1
        if (at <= furthest and furthest) or text.startswith(">", at):
            return
        yield at
        if not at:
            return
        at -= 1
