"""E-mails of Outlook that were damaged anywhere: read as far as they go, or refused in words."""

from contextlib import suppress
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import outlook
from outlook_files import BODY, FILE, HEAD, HTML, LONG_NAME, RICH, attached, file_of, rich

INNER = {FILE: attached(HEAD | {BODY: "Deep."}, [{FILE: b"x", LONG_NAME: "deep.txt"}])}
WHOLE = file_of(
    {BODY: "We never said it.\r\n" * 30, HTML: b"<p>No.</p>", RICH: rich(rb"{\rtf1 \'e9 {\b x}}")},
    [INNER, {FILE: b"y" * 5000, LONG_NAME: "long.txt"}],
)
PLACES = st.one_of(st.integers(0, 511), st.integers(0, len(WHOLE) - 1))


@given(
    st.lists(st.tuples(PLACES, st.integers(0, 255)), min_size=1, max_size=20),
    st.integers(0, len(WHOLE)) | st.none(),
)
def test_damage_is_refused_in_words_or_read_as_far_as_it_goes(changes, cut):
    data = bytearray(WHOLE)
    for at, byte in changes:
        data[at] = byte
    for read in (outlook.extract, outlook.parts):
        with suppress(ExtractionError):
            read(BytesIO(bytes(data[:cut])))
