"""The header of a message, read strictly.

Programs disagree over damaged headers: one shows a line as a field that another takes for a part
of the field before. A header that leaves room for that is refused, so that what is shown of a
message and what a signature covers are the same fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from evidence_chain.extract.envelope import SEPARATOR, unwrap
from evidence_chain.mail.header.sender import sender_domain
from evidence_chain.pattern import pattern
from evidence_chain.wording.moment import sent

SHOWN = ("From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To")
"""Fields that a record takes over."""
SINGLE = (*SHOWN, "Sender", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")
"""Fields that may stand once (RFC 5322, section 3.6; RFC 2045); the last decide what text is
seen."""

_END = pattern(rb"(?:\A|\n)\r?\n")
_FIELD = pattern(rb"([!-9;-~]+):([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)(?:\r?\n|\Z)")


@dataclass(frozen=True)
class Message:
    """A message and its header fields."""

    data: bytes
    """As stored, but for what stands around it in its file."""
    head: bytes
    """What stands before the first empty line."""
    fields: list[tuple[str, bytes]]
    """Names in lower case, and values as they stand there."""
    problem: str | None = None
    """Why what follows `fields` can't be told."""
    around: tuple[str, ...] = ()
    """What stands around it in its file that was not sent, but for a separator of mailboxes."""

    @classmethod
    def parse(cls, stored: bytes) -> Message:
        """Read the header of a message."""
        data, said, saved_as = unwrap(stored)
        end = _END.search(data)
        head = data[: end.start() + 1] if end else data
        fields, at = [], 0
        while at < len(head) and (found := _FIELD.match(head, at)):
            fields.append((found[1].decode().lower(), found[2]))
            at = found.end()
        line = head.count(b"\n", 0, at) + 1
        broken = f"line {line} of the header is no header field" if at < len(head) else None
        if saved_as and not data.isascii():
            broken = "the file was saved in another charset, so that what was sent can't be told"
        return cls(data, head, fields, broken, tuple(one for one in said if one != SEPARATOR))

    def values(self, name: str) -> list[bytes]:
        """The values of a field, in the order in which they stand there."""
        return [value for found, value in self.fields if found == name.lower()]

    def count(self, name: str) -> int:
        """How often a field stands there."""
        return len(self.values(name))

    @cached_property
    def sent_body(self) -> bytes:
        """What follows the header and the empty line, with the line ends of e-mail.

        A last line that lacks its end, or half of it, is given one (RFC 6376, sections 3.4.3
        and 3.4.4).
        """
        _, _, body = self.data[len(self.head) :].partition(b"\n")
        sent = body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return sent if not sent or sent.endswith(b"\r\n") else sent.removesuffix(b"\r") + b"\r\n"

    @cached_property
    def has_bare_line_feeds(self) -> bool:
        """Whether line ends were changed since it was sent, as many programs do when saving."""
        return self.data.count(b"\n") != self.data.count(b"\r\n")

    @cached_property
    def repeated(self) -> list[str]:
        """Fields that may stand once and don't."""
        return [name for name in SINGLE if self.count(name) > 1]

    @cached_property
    def date(self) -> str | None:
        """When it says that it was sent (RFC 3339, UTC); `None` if that can't be told."""
        text = b"".join(self.values("Date")).decode("ascii", "replace")
        try:
            return sent(text)
        except (ValueError, OverflowError):
            return None

    @cached_property
    def sender_domain(self) -> str | None:
        """The domain of the addresses in From, in lower case; `None` if that can't be told."""
        values = self.values("From")
        return sender_domain(values[0].decode("utf-8", "replace")) if len(values) == 1 else None
