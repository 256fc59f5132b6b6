"""E-mails of Outlook (MS-OXMSG) for tests, written byte for byte: a compound file of properties."""

import struct
import zlib
from datetime import UTC, datetime

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
MESSAGE = bytes.fromhex("0b0d020000000000c000000000000046")
SUBJECT, BODY, HTML, RICH, CLASS, FLAGS = 0x37, 0x1000, 0x1013, 0x1009, 0x1A, 0x0E07
NAME, ADDRESS, SENT, ID, TRANSPORT, CODEPAGE = 0x42, 0x5D02, 0x39, 0x1035, 0x7D, 0x3FFD
FILE, METHOD, LONG_NAME, TYPE, HIDDEN = 0x3701, 0x3705, 0x3707, 0x370E, 0x7FFE
TO = {0x3001: "The desk", 0x39FE: "desk@newsroom.example", 0x0C15: 1}
HEAD = {
    CLASS: "IPM.Note",
    NAME: "Zhang",
    ADDRESS: "zhang@example.cn",
    SUBJECT: "Cameras",
    SENT: datetime(2031, 5, 17, 9, 30, tzinfo=UTC),
    ID: "<17@example.cn>",
}


def message(properties, attachments=(), recipients=(TO,), head=32):
    """The storages and streams of a message, to be given to `compound`."""
    there = _streams(properties, head)
    for number, one in enumerate(recipients):
        there[f"__recip_version1.0_#{number:08X}"] = _streams(one, 8)
    for number, one in enumerate(attachments):
        there[f"__attach_version1.0_#{number:08X}"] = _streams(one, 8)
    return there


def attached(properties, attachments=()):
    """A message as the content of an attachment."""
    return message(properties, attachments, head=24)


def file_of(properties, attachments=(), **more):
    """A whole file."""
    return compound(message(HEAD | properties, attachments, **more))


def rich(text, *, check=None):
    """Rich Text as it is kept: every byte for itself, none by what was said before."""
    runs = [text[at : at + 8] for at in range(0, len(text), 8)]
    end = struct.pack(">BH", 1, (207 + len(text)) % 4096 << 4)
    data = b"".join(b"\0" + run for run in runs) + end
    if len(text) % 8:
        rest, write = runs[-1], (207 + len(text)) % 4096
        last = struct.pack("B", 1 << len(rest)) + rest + struct.pack(">H", write << 4)
        data = b"".join(b"\0" + run for run in runs[:-1]) + last
    sum_ = zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF if check is None else check
    return struct.pack("<II4sI", len(data) + 12, len(text), b"LZFu", sum_) + data


def _streams(properties, head):
    rows, there = [], {}
    for number, value in properties.items():
        kind, fixed, stream = _property(value)
        rows.append(struct.pack("<HHI", kind, number, 6) + fixed.ljust(8, b"\0"))
        if stream is not None:
            there[f"__substg1.0_{number:04X}{kind:04X}"] = stream
    return there | {"__properties_version1.0": bytes(head) + b"".join(rows)}


def _property(value):
    """Type, eight bytes and stream of a property; a text that is a tuple is of bytes."""
    if isinstance(value, datetime):
        since = value - datetime(1601, 1, 1, tzinfo=UTC)
        return 0x40, struct.pack("<q", round(since.total_seconds() * 10_000_000)), None
    if isinstance(value, int):
        return 0x03, struct.pack("<i", value), None
    if isinstance(value, dict):
        return 0x0D, struct.pack("<II", 0xFFFFFFFF, 1), value
    if isinstance(value, tuple):
        return 0x1E, struct.pack("<I", len(value[0]) + 1), value[0]
    data = value.encode("utf-16-le") if isinstance(value, str) else value
    return 0x1F if isinstance(value, str) else 0x102, struct.pack("<I", len(data)), data


def compound(tree, clsid=MESSAGE):
    """A compound file (MS-CFB) of streams in dictionaries of dictionaries."""
    entries = [["Root Entry", 5, FREE, FREE, FREE, END, 0, clsid]]
    small, minis, sectors, fat = bytearray(), [], [], []

    def chain(data, unit, table):
        count = -(-len(data) // unit)
        start = len(table)
        table += [*range(start + 1, start + count), END] if count else []
        return start if count else END

    def place(data):
        if len(data) < 4096:
            start = chain(data, 64, minis)
            small.extend(data.ljust(-(-len(data) // 64) * 64, b"\0"))
            return start
        start = chain(data, 512, fat)
        sectors.append(data.ljust(-(-len(data) // 512) * 512, b"\0"))
        return start

    def add(name, content):
        number = len(entries)
        if isinstance(content, dict):
            entries.append([name, 1, FREE, FREE, FREE, 0, 0, bytes(16)])
            entries[number][4] = children(content)
        else:
            row = [name, 2, FREE, FREE, FREE, place(content), len(content), bytes(16)]
            entries.append(row)
        return number

    def children(names):
        order = sorted(names, key=lambda name: (len(name), name.upper()))
        return balanced([add(name, names[name]) for name in order])

    def balanced(numbers):
        if not numbers:
            return FREE
        middle = len(numbers) // 2
        entries[numbers[middle]][2] = balanced(numbers[:middle])
        entries[numbers[middle]][3] = balanced(numbers[middle + 1 :])
        return numbers[middle]

    entries[0][4] = children(tree)
    entries[0][5], entries[0][6] = chain(small, 512, fat), len(small)
    sectors.append(bytes(small).ljust(-(-len(small) // 512) * 512, b"\0"))
    table = struct.pack(f"<{len(minis)}I", *minis).ljust(-(-len(minis) // 128) * 512, b"\xff")
    first_mini = chain(table, 512, fat)
    sectors.append(table)
    rows = b"".join(map(_entry, entries))
    directory = rows.ljust(-(-len(rows) // 512) * 512, b"\0")
    first_entry = chain(directory, 512, fat)
    sectors.append(directory)
    count = 1
    while (len(fat) + count) > count * 128:
        count += 1
    places = range(len(fat), len(fat) + count)
    fat += [FAT] * count
    sectors.append(struct.pack(f"<{len(fat)}I", *fat).ljust(count * 512, b"\xff"))
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0, count),
        *(first_entry, 0, 4096, first_mini, len(table) // 512, END, 0),
    )
    listed = struct.pack(f"<{count}I", *places).ljust(109 * 4, b"\xff")
    return head + listed + b"".join(sectors)


def _entry(row):
    name, kind, left, right, child, start, size, clsid = row
    raw = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sI16xIQ",
        *(raw, len(raw) + 2, kind, 1, left, right, child, clsid, 0, start, size),
    )
