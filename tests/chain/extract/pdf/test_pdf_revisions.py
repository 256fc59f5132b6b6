"""What counts as a change of a PDF, and who signed which state of it."""

from io import BytesIO

import pytest
from asn1crypto import cms, x509

from evidence_chain.extract import MarkKind, pdf
from pdfs import Pdf, line, one_page, updated

WORDS = b"The ministry bought nine cameras."


def drawn(data):
    return pdf.extract(BytesIO(data))


def count(data):
    return next((m.detail for m in drawn(data).marks if m.kind == MarkKind.REVISIONS), "1")


def for_older_readers(data, stream_at):
    """The file with an added part that has no entries but those of a stream, as Word writes it."""
    before = int(data.rsplit(b"startxref", 1)[1].split()[0])
    place = len(data)
    return data + (
        b"xref\n0 0\ntrailer\n<</Size 9/Root 1 0 R/Prev %d/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n"
        % (before, stream_at, place)
    )


def test_a_part_for_older_readers_is_no_change():
    data = one_page(line(WORDS))
    stream_at = data.index(b"xref")
    assert count(for_older_readers(data, stream_at)) == "1"
    assert count(for_older_readers(data, len(data) + 10)) == "2"


def signed(data, signer, change=None):
    """The file with an update that adds a signature; and changes an object, if that is given."""
    made = (
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached"
        b"/ByteRange[0 1111111111 2222222222 3333333333]/Contents<%s>>>" % signer.hex().encode()
    )
    size = int(data.rsplit(b"/Size ", 1)[1].split(b"/")[0])
    field = b"<</FT/Sig/T(s)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/V %d 0 R>>" % size
    catalog = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%d 0 R]/SigFlags 3>>>>" % (size + 1)
    bodies = {1: catalog, size: made, size + 1: field, **(change or {})}
    before = int(data.rsplit(b"startxref", 1)[1].split()[0])
    out, table = data, b""
    for number, body in sorted(bodies.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    place = len(out)
    out += b"xref\n%strailer <</Size %d/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        *(table, size + 2, before, place),
    )
    start = out.rindex(b"/Contents<") + 9
    end = out.index(b">", start) + 1
    for told, value in ((b"1111111111", start), (b"2222222222", end), (b"3333333333", 0)):
        value = value or len(out) - end
        out = out.replace(told, b"%010d" % value, 1)
    return out


def certificate(name):
    """A signature that says who signed, and proves nothing."""
    subject = x509.Name.build({"common_name": name})
    validity = {
        "not_before": x509.Time({"utc_time": "310101000000Z"}),
        "not_after": x509.Time({"utc_time": "320101000000Z"}),
    }
    made = x509.Certificate(
        {
            "tbs_certificate": {
                **{"serial_number": 7, "issuer": subject, "subject": subject},
                **{"signature": {"algorithm": "sha256_rsa"}, "validity": validity},
                "subject_public_key_info": {
                    "algorithm": {"algorithm": "rsa"},
                    "public_key": {"modulus": 15, "public_exponent": 3},
                },
            },
            "signature_algorithm": {"algorithm": "sha256_rsa"},
            "signature_value": b"none",
        }
    )
    info = {
        **{"version": "v1", "digest_algorithm": {"algorithm": "sha256"}},
        **{"signature_algorithm": {"algorithm": "sha256_rsa"}, "signature": b"none"},
        "sid": {"issuer_and_serial_number": {"issuer": subject, "serial_number": 7}},
    }
    data = {
        **{"version": "v1", "digest_algorithms": [{"algorithm": "sha256"}]},
        **{"encap_content_info": {"content_type": "data"}, "certificates": [made]},
        "signer_infos": [info],
    }
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(data)}).dump()


@pytest.fixture(scope="module")
def jo():
    return certificate("Jo Tannen")


def test_a_signature_is_named_and_is_no_change(jo):
    data = signed(one_page(line(WORDS)), jo)
    assert count(data) == "1"
    [signature] = drawn(data).options["signatures"]
    assert "Jo Tannen" in signature["by"]
    assert signature["revision"] == 2


def test_what_is_changed_along_with_a_signature_is_a_change(jo):
    made = Pdf()
    made.page(line(WORDS))
    content = line(b"The ministry bought no cameras.")
    change = {4: b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)}
    assert count(signed(made.data(), jo, change)) == "2"


def test_what_comes_after_a_signature_is_a_change(jo):
    data = signed(one_page(line(WORDS)), jo)
    later = updated(data, 3, b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>")
    assert count(later) == "2"
    assert [one["revision"] for one in drawn(later).options["signatures"]] == [2]


def test_a_signature_without_a_certificate():
    [signature] = drawn(signed(one_page(line(WORDS)), b"nothing")).options["signatures"]
    assert signature["by"] == "a signer whose certificate isn't there"
