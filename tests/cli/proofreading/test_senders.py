"""Who said it, where the record is an e-mail or a letter: its sender, by name or by address."""

import shlex

import pytest

SAID = "We were never told where the cameras would stand."


def mail(sender):
    lines = (
        *(f"From: {sender}", "To: desk@ledger.example", "Subject: Re"),
        *("Date: Thu, 19 Jun 2031 15:03:27 +0000", "Message-ID: <1@quillmar.example>"),
        *("", SAID, ""),
    )
    return "\n".join(lines)


def proofread(case, sentence, code):
    (article,) = case.json("proofread", "-", code=code, stdin=sentence)["articles"]
    return article["quotations"][0]["speaker"]


def preserved(case, sender):
    case.file("reply.eml", mail(sender))
    return case.id("add", "response-email", "reply.eml", "--text", SAID)


@pytest.mark.parametrize(
    ("sender", "name", "outcome"),
    [
        ("Jo Tannen <press@quillmar.example>", "Jo Tannen", "same"),
        ("Jo Tannen <press@quillmar.example>", "Quillmar", "same"),
        ("Jo Tannen <press@quillmar.example>", "Orla Vantreight", "differs"),
        ("Jo Tannen <press@quillmar.example>", "Orla Quillmar", "differs"),
        ("press@quillmar.example", "Orla Vantreight", "differs"),
        ("press@mail.quillmar.example", "Quillmar Ltd", "same"),
        ("press@quill-mar.example", "Quill Mar", "same"),
        ("press@nra.example", "Northern Rail Agency", "same"),
        ("jo.tannen@quillmar.example", "Jo Tannen", "same"),
        ("jtannen@quillmar.example", "Jo Tannen", "same"),
        ("jo.tannen@quillmar.example", "Ada Tannen", "differs"),
        ("orla@gmail.com", "Gmail", "differs"),
    ],
)
def test_who_the_sentence_names_is_held_against_the_sender(case, sender, name, outcome):
    preserved(case, sender)
    found = proofread(case, f"“{SAID}” said {name}.", 1 if outcome == "differs" else 0)
    assert found["outcome"] == outcome
    assert sender in found["record"]


@pytest.mark.parametrize(
    ("speaker", "article", "outcome"),
    [
        ("T. Harrow", "said T. Miller. It rained.", "differs"),
        ("T. Harrow", "said T. Harrow. It rained.", "same"),
        ("T. Harrow", "said A. Harrow.", "differs"),
        ("T. Harrow", "said Tom Harrow.", "same"),
        ("T. Harrow", "said T. He left.", "not-compared"),
        ("T. Harrow", "said M. Harrow.", "not-compared"),
        ("T. Harrow", "said Lt. Col. Harrow.", "same"),
        ("T. Harrow", "said Prof. Dr. med. Ada Quint.", "differs"),
        ("Jonas Smith", "said J. Smith.", "same"),
        ("Jonas Smith", "said K. Smith.", "differs"),
        ("A.B. Quint", "said A.B. Quint.", "same"),
        ("Jean-Paul Quint", "said J.-P. Miller.", "differs"),
        ("Ada Quint", "said Dr. Ada Quint.", "same"),
        ("Ada Quint", "a déclaré Mme. Ada Quint.", "same"),
        ("Ada Quint", "sagte Frau Dr. Quint.", "same"),
        ("Ada Quint", "dijo la Sra. Quint.", "same"),
    ],
)
def test_initials_and_titles_belong_to_a_name(case, speaker, article, outcome):
    case.file("speech.txt", SAID)
    case.run("add", "artifact", "speech.txt")
    case.run("add", "quote", "--artifact", "speech.txt", "--text", SAID, "--speaker", speaker)
    found = proofread(case, f"“{SAID}” {article}", 1 if outcome == "differs" else 0)
    assert found["outcome"] == outcome


def test_a_house_that_is_the_sender_is_no_other_speaker(case):
    case.file("reply.eml", mail("Velora Vision Press <press@velora.example>"))
    case.run("add", "response-email", "reply.eml", "--text", SAID, "--speaker", "Jonas Weill")
    for house in ("Velora Vision", "Velora"):
        found = proofread(case, f"“{SAID}” {house} wrote.", 0)
        assert found["outcome"] == "not-compared"
        assert "names the sender" in found["why"]
    assert proofread(case, f"“{SAID}” said Orla Kern.", 1)["outcome"] == "differs"


ROLE = "The engineer of the yard"


@pytest.mark.parametrize(
    ("article", "outcome"),
    [
        ("“{}” the engineer of the yard said.", "same"),
        ("“{}” said the engineer of the yard.", "same"),
        ("“{}” the engineer of the yard said at the hearing.", "same"),
        ("At noon, the engineer of the yard said: “{}”", "same"),
        ("“{}” according to the engineer of the yard.", "same"),
        ("At noon, the engineer of the yard said that “{}”", "same"),
        ("“{}” the chair said.", "not-compared"),
        ("Here, the engineer of the yard said “{}” in what the chair wrote.", "not-compared"),
        ("“{}” an engineer of the yard said.", "not-compared"),
        ("“{}” said the engineer of the yard’s lawyer.", "not-compared"),
        ("“{}” the engineer of the yard said the chair had told her.", "not-compared"),
        ("“{}” he told the engineer of the yard.", "not-compared"),
        ("“{}” said the former engineer of the yard.", "not-compared"),
    ],
)
def test_a_role_is_compared_where_the_record_names_the_speaker_so(case, article, outcome):
    case.file("speech.txt", SAID)
    case.run("add", "artifact", "speech.txt")
    words = ("add", "quote", "--artifact", "speech.txt", "--text", SAID, "--speaker", ROLE)
    record = case.id(*words)
    assert proofread(case, article.format(SAID), 0)["outcome"] == outcome
    case.run("withhold", record, "--field", "speaker", "--reason", "A source.")
    proofread(case, article.format(SAID), 1 if outcome == "same" else 0)


FIRM, VOICE = "Quillmar", "A spokesman for Quillmar"


@pytest.mark.parametrize(
    ("article", "speaker", "outcome"),
    [
        ("“{}” says a spokesman for Quillmar.", FIRM, "not-compared"),
        ("A spokesman for Quillmar said: “{}”", FIRM, "not-compared"),
        ("“{}” Quillmar’s chief engineer told the Ledger.", FIRM, "not-compared"),
        ("“{}” a Quillmar spokeswoman said.", FIRM, "not-compared"),
        ("“{}” said the head of the Quillmar Yard.", FIRM, "not-compared"),
        ("„{}“, sagte ein Sprecher von Quillmar.", FIRM, "not-compared"),
        ("«{}», a dit une porte-parole de Quillmar.", FIRM, "not-compared"),
        ("A spokesman for Quillmar said: “{}”", VOICE, "same"),
        ("“{}” says a Quillmar spokesman.", VOICE, "same"),
        ("“{}” says a spokesman for Quillmar.", "Orla Vantreight", "not-compared"),
        ("“{}” says a spokesman for Tidewater.", VOICE, "not-compared"),
        ("“{}” said Orla Vantreight, a lawyer for Quillmar.", "Orla Vantreight", "same"),
        ("Orla Vantreight, a lawyer for Quillmar, said: “{}”", "Orla Vantreight", "same"),
        ("“{}” said Quillmar director Orla Vantreight.", "Orla Vantreight", "same"),
        ("“{}” said Quillmar director Orla Vantreight.", FIRM, "differs"),
        ("The lawyer for Quillmar, Orla Vantreight, said: “{}”", "Orla Vantreight", "same"),
        ("A spokesman for Quillmar told Orla Vantreight: “{}”", "Orla Vantreight", "not-compared"),
        ("“{}” Orla Vantreight quotes a lawyer for Quillmar.", "Orla Vantreight", "not-compared"),
        ("“{}” Quillmar said through its spokesman.", FIRM, "same"),
        ("“{}” said Quillmar.", FIRM, "same"),
    ],
)
def test_who_speaks_for_somebody_is_the_speaker(case, article, speaker, outcome):
    case.file("speech.txt", SAID)
    case.run("add", "quote", "speech.txt", "--text", SAID, "--speaker", speaker)
    assert proofread(case, article.format(SAID), None)["outcome"] == outcome


@pytest.mark.parametrize(("name", "outcome"), [("Quillmar", "same"), ("Tide", "not-compared")])
def test_who_writes_for_a_firm_is_its_spokesman(case, name, outcome):
    preserved(case, "Jo Tannen <press@quillmar.example>")
    found = proofread(case, f"“{SAID}” said a spokesman for {name}.", None)
    assert found["outcome"] == outcome


def test_a_speaker_that_the_record_names_comes_before_its_sender(case):
    case.file("reply.eml", mail("Jo Tannen <press@quillmar.example>"))
    words = ("--text", SAID, "--speaker", "Orla Vantreight")
    case.run("add", "response-email", "reply.eml", *words)
    assert proofread(case, f"“{SAID}” said Orla Vantreight.", 0)["outcome"] == "same"
    assert proofread(case, f"“{SAID}” said Jo Tannen.", 1)["outcome"] == "differs"


def test_words_before_it_that_change_its_sense_are_a_remark(case):
    case.file("reply.txt", "It is unlikely that we knew of every camera on the quay.\n")
    case.run("add", "artifact", "reply.txt")
    article = "They wrote that “we knew of every camera on the quay.”\n"
    told = case.json("proofread", "-", stdin=article, code=None)["articles"][0]["quotations"][0]
    assert "before it, the document has “unlikely that …”" in told["remarks"]
    assert told["look"] == []


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("reply.eml", mail("Jo Tannen <press@quillmar.example>"), "response-email"),
        ("reply.txt", SAID, "quote"),
    ],
)
def test_what_no_record_holds_is_recorded_by_the_command_that_is_told(case, name, content, kind):
    case.file(name, content)
    case.run("add", "artifact", name)
    (article,) = case.json("proofread", "-", stdin=f"“{SAID}”")["articles"]
    program, *words = shlex.split(article["quotations"][0]["command"])
    assert (program, words[:2]) == ("evidence", ["add", kind])
    assert case.json(*words)["kind"] == f"evidence/{kind}"
