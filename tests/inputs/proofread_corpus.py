"""Forty articles with four hundred quotations, made by rules from the passages of a case.

Every third quotation is right. In the others a word is dropped or added, it is negated, a number is
changed, two passages are spliced, it is said to be quoted by somebody else, or another person says
it. Everything is drawn from one seeded generator, so that the same passages give the same articles.
"""

import random
import re
from dataclasses import dataclass, field

ARTICLES, EACH = 40, 10
RULES = ("dropped", "added", "negated", "number", "spliced", "nested", "speaker")
STRANGER = "Orla Vantreight"

STYLES = {
    "english": ("“", "”", ["{q}, said {who}.", "{who} said: {q}.", "{q}, {who} wrote in May."]),
    "straight": ('"', '"', ["{q}, said {who}.", "It was {who} who said: {q}."]),
    "british": ("‘", "’", ["{q}, said {who}.", "{who} told us: {q}."]),
    "german": ("„", "“", ["{q}, sagte {who}.", "{who} sagte: {q}."]),
    "book": ("»", "«", ["{q}, schrieb {who}.", "{who} erklärte: {q}."]),
    "french": ("« ", " »", ["{q}, a dit {who}.", "{who} a écrit : {q}."]),
    "swedish": ("”", "”", ["{q}, säger {who}.", "{who} skrev: {q}."]),
    "polish": ("„", "”", ["{q}, powiedział {who}.", "{who} napisał: {q}."]),
    "spanish": ("«", "»", ["{q}, dijo {who}.", "{who} escribió: {q}."]),
    "corner": ("「", "」", ["{who}说：{q}。"]),
}
INNER = {
    **dict.fromkeys(("english", "polish"), ("‘", "’")),
    **{"straight": ("'", "'"), "british": ("“", "”"), "german": ("‚", "‘"), "book": ("›", "‹")},
    **{"french": ("“", "”"), "swedish": ("’", "’"), "spanish": ("“", "”"), "corner": ("『", "』")},
}
"""What each style has within a quotation."""
NOISE = (
    "The firms’ cameras of the ’90s stood 5' 10\" high, on a 6\" pole; it's the owners' affair.",
    "Rock 'n' roll and the so-called “goods” went on, in the '80s and after.",
    "The report “Ten Thousand Eyes” says that nobody was asked.",
    "Der Bericht „Zehntausend Augen“ erschien im Mai; die sogenannte „Ware“ blieb.",
    "L’affaire n’est pas close, et l’entreprise dit qu’elle n’a rien su.",
    "Two of them (5'2\" and 6'1\") can't say whose they're; the others’ can.",
)


@dataclass
class Quoted:
    """A quotation of an article, and what its rule did to it."""

    text: str
    rule: str
    """`right`, or one of `RULES`."""


@dataclass
class Article:
    """An article, and its quotations in order."""

    text: str
    quoted: list[Quoted] = field(default_factory=list)


def make(passages, seed=14):
    """Articles of passages, which are pairs of a text and its speaker, or of none."""
    chance = random.Random(seed)
    usable = [(" ".join(text.split()), who) for text, who in passages]
    usable = [(text, who) for text, who in usable if 5 <= len(text.split()) <= 60]
    known = [text for text, _ in usable]
    styles = list(STYLES)
    made, count = [], 0
    for number in range(ARTICLES):
        style = styles[number % len(styles)]
        article, paragraphs = Article(""), []
        for _ in range(EACH):
            text, who = chance.choice(usable)
            rule = "right" if count % 3 == 0 else RULES[(count * 2 // 3) % len(RULES)]
            count += 1
            text, rule = _altered(text, rule, known, chance)
            named = STRANGER if rule == "speaker" or not who else who
            if rule == "speaker" and not who:
                rule = "right"
            paragraph, quoted = _written(text, named, style, chance)
            paragraphs.append(paragraph)
            article.quoted.append(Quoted(quoted, rule))
            if chance.random() < 0.3:
                paragraphs.append(chance.choice(NOISE))
        article.text = "\n\n".join(paragraphs) + "\n"
        made.append(article)
    return made


def _altered(text, rule, known, chance):
    """The text as a rule makes it; where the rule can't, a word is added."""
    words = text.split()
    at = chance.randrange(1, len(words) - 1)
    if rule == "dropped":
        made = words[:at] + words[at + 1 :]
    elif rule == "negated":
        negation = [i for i, word in enumerate(words) if word in ("not", "never", "no")]
        made = [w for i, w in enumerate(words) if i != negation[0]] if negation else None
        made = made or [*words[:at], "never", *words[at:]]
    elif rule == "number" and re.search(r"\d", text):
        made = [re.sub(r"\d", lambda d: str((int(d[0]) + 3) % 10), text, count=1)]
    elif rule == "spliced":
        other = chance.choice([one for one in known if one != text]).split()
        made = words[: max(3, len(words) // 2)] + other[-max(3, len(other) // 2) :]
    elif rule == "nested":
        made = ["They", "told", "us:", "\x01", *words, "\x02"]
    elif rule in ("right", "speaker"):
        return text, rule
    else:
        rule, made = "added", [*words[:at], "really", *words[at:]]
    changed = " ".join(made).replace("\x01 ", "\x01").replace(" \x02", "\x02")
    stands = any(re.sub(r"\W", "", changed) in re.sub(r"\W", "", one) for one in known)
    return (changed, rule) if not stands else _altered(text, "added", known, chance)


def _written(text, who, style, chance):
    """A paragraph that quotes a text, and the quotation as it is to be found."""
    begin, end, frames = STYLES[style]
    text = _nested(text, *INNER[style])
    shape = chance.random()
    if shape < 0.12 and style in ("english", "german"):
        return _interrupted(text, who, style, chance)
    if shape < 0.2 and style == "english":
        return f"{who} said:\n\n> {text}\n\nSo much for that.", text
    frame = chance.choice(frames)
    return frame.format(q=f"{begin}{text}{end}", who=who), text


def _nested(text, begin, end):
    """A text whose own quotation marks are those that a style has within others."""
    text = text.replace("\x01", "“").replace("\x02", "”")
    return re.sub('[“„«"]([^“”„«»"]*)[”“»"]', rf"{begin}\1{end}", text)


def _interrupted(text, who, style, chance):
    begin, end, _ = STYLES[style]
    words = text.split()
    places = [i for i in range(2, len(words) - 2) if words[i - 1][-1].isalpha()]
    if not places or any(mark in text for mark in "‘’'\""):
        verb = "said" if style == "english" else "sagte"
        return f"{begin}{text}{end}, {verb} {who}.", text
    at = chance.choice(places)
    one, other = " ".join(words[:at]), " ".join(words[at:])
    if style == "english":
        return f"{begin}{one},{end} said {who}, {begin}{other}{end}", f"{one}, {other}"
    return f"{begin}{one}{end}, sagte {who}, {begin}{other}{end}", f"{one} {other}"
