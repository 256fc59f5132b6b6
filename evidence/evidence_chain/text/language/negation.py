"""Words that negate: they must not be left out of a passage without a word.

The table is small on purpose and has no grammar. It decides what a person is asked to look at
and how a difference is named, never whether a passage is the same.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from evidence_chain.pattern import pattern
from evidence_chain.text.language.folds import fold
from evidence_chain.text.language.words import tokens

NEGATIONS = {
    "Arabic": "لا لم لن ليس ليست ليسوا ليسا لسنا لست غير بدون دون أبدا كلا ولا ولم ولن وليس وليست "
    "فلا فلم فلن فليس بلا ألا وغير",
    "Czech and Slovak": "ne není nie nikdy nikdo nikto nic nič žádný žádná žádné žiadny bez",
    "Dutch": "niet geen nooit niemand niets nergens zonder noch",
    "English": "not no never none nobody nothing nowhere neither nor without cannot non hardly "
    "scarcely barely deny denies denied denying untrue false",
    "French": "ne pas jamais rien aucun aucune ni nul nulle sans guère non nullement",
    "German": "nicht nie niemals kein keine keinen keinem keiner keines keinerlei nichts niemand "
    "niemanden niemandem nirgends nirgendwo weder ohne nein kaum nimmer",
    "Hebrew": "לא אין בלי ללא מעולם אינו אינה אינם בלתי אי",
    "Hindi": "नहीं मत",
    "Indonesian": "tidak bukan tanpa",
    "Italian": "non né nessun nessuno nessuna niente nulla senza neppure nemmeno",
    "Persian": "غیر نه هیچ نیست نیستند نبود",
    "Polish": "nie nigdy nikt nic żaden żadna żadne ani bez",
    "Portuguese": "não nunca nenhum nenhuma nem sem ninguém",
    "Russian": "не ни нет нельзя никогда никто никого ничто ничего никакой никакая никакие никаких "
    "нигде без неправда отнюдь",
    "Scandinavian": "inte ej aldrig ingen inget inga utan ikke aldri intet uden uten",
    "Spanish": "no nunca jamás nada nadie ningún ninguno ninguna ni sin tampoco",
    "Turkish": "değil yok hiç asla",
    "Ukrainian": "не ні немає ніколи ніхто нічого без",
    "Urdu": "نہیں",
    "Vietnamese": "không chưa chẳng",
}
"""Whole words, in lower case. English `…n't` and French `n'…` are looked for besides."""

SPACELESS_NEGATIONS = {
    "Chinese": "不(?![断斷仅僅但同论論管動])"
    "|[没沒](?!收)|[无無](?![论論])|非(?![常洲])|未(?![来來])"
    "|[否勿莫毋]",
    "Japanese": "な(?:い|く|かっ|けれ)|ませ[んぬ]|ぬ|(?<![まはわい必])ず(?![っつれか])",
    "Korean": "않|없|아니|못",
    "Thai": "ไม่",
}
"""Regular expressions, for scripts whose words can't be told apart by spaces; and endings."""

_AFTER = "not never nicht nie niemals niet nooit inte ikke pas jamais guère değil нет"
_FOLLOWING = frozenset(_AFTER.split())
"""Words that negate what stands before them."""
_FOLLOWING_ENDING = pattern(
    "(?:(?:[てで]|わけ|こと|もの|はず|つもり|よう)[てでがはもにい]{0,4}(?:な(?:い|く|かっ|けれ)|(?:あり)?ませ[んぬ])"
    "|い(?:な(?:い|く|かっ|けれ)|ませ[んぬ])|まい(?![日月年朝晩])|な(?:い|く|かっ|けれ)|ませ[んぬ]|ず(?![っつ])|(?<=ま)せ[んぬ]|(?<=ませ)[んぬ]"
    "|(?<=な)(?:い|く|かっ|けれ)|\\s?(?:지\\s?)?(?:않|못))"
)
_ONLY = frozenset(
    ("only", "just", "merely", "nur", "bloß", "seulement", "solo", "sólo", "soltanto", "только")
)
"""After a negation these take it back ("not only")."""

_POINTS = pattern("[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")
"""Vowel points and the stroke that lengthens, which Hebrew and Arabic may write or not."""

_REFUSALS = pattern(
    r"\b(?:unable|unwilling|unlikely|unless|impossible|incapable|refus\w*|fail\w*|declin\w*|reject\w*"
    r"|den(?:y|ies|ied|ying|ial|ials)|lack(?:s|ed|ing)?|zero|(?:ver)?weiger\w*|bestreit\w*|bestritt\w*"
    r"|dementi\w*|nie(?:r|nt|nient)|rifiut\w*|rechaz\w*|neg(?:ó|aron|aba|aban)|отказ\w*|отриц\w*"
    r"|отверг\w*|رفض\w*|نفى|نفت)\b|拒|否[认認]|禁|失败|失敗|避免",
    re.IGNORECASE,
)
"""Words that say that something did not happen, though they are no negations."""

REACH = 3
"""Words before a passage among which a negation is looked for: "did not say that …"."""
_LETTERS = 4
"""The same in letters of scripts without word spaces."""
_WINDOW = 80
"""Characters before a passage that are looked at."""

_OPENS = "[\\s\"'\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u300c\u300e([:\uff1a]"
_CLAUSE = (
    '[.!?;,:()"\u201c\u201d\u201e\u00ab\u00bb\u2026\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f\u300c\u300d'
    "\u060c\u061b\u061f\u2013\u2014]"
)


def negations(text: str) -> list[str]:
    """The negating words of `text`, folded and in lower case."""
    words = [token.key.casefold() for token in tokens(text) if token.is_word]
    found = [word for word in words if _is_negation(word)]
    return found + re.findall(_spaceless(), "".join(text.split()))


def negates(text: str) -> bool:
    """Whether a word of `text` negates."""
    return bool(negations(text))


def refuses(text: str) -> bool:
    """Whether a word of `text` says that something is refused, denied or not done."""
    return _REFUSALS.search(text) is not None


def negated_before(stream: str, at: int) -> bool:
    """Whether a negation stands just before `at`: in the same clause, a few words away at most."""
    before = stream[max(0, at - _WINDOW) : at]
    if stream[at : at + 1].isupper() and re.search("\n\\s*\\Z", before):
        return False
    bare = re.sub(f"{_OPENS}+\\Z", "", before)
    if re.search("\n\\s*\n", before[len(bare) :]):
        return False
    clause = re.split(f"{_CLAUSE}|\n\\s*\n", bare)[-1]
    words = [token.key.casefold() for token in tokens(clause) if token.is_word]
    last = clause[-_LETTERS:]
    spaceless = not last.isascii() and re.search(_spaceless(), last) is not None
    return _negated(words[-REACH:]) or spaceless


def negated_after(stream: str, at: int) -> bool:
    """Whether the very next word after `at` is one that negates what stands before it."""
    if _FOLLOWING_ENDING.match(stream, at):
        return True
    word = re.compile("\\s+([^\\W\\d]+)").match(stream, at)
    return word is not None and word[1].casefold() in _FOLLOWING


def _negated(words: list[str]) -> bool:
    pairs = pairwise([*words, ""])
    return any(_is_negation(word) and after not in _ONLY for word, after in pairs)


def _is_negation(word: str) -> bool:
    word = _POINTS.sub("", word)
    parts = word.split("-")
    contracted = word.endswith("n't") or word.startswith("n'")
    return contracted or not _words().isdisjoint(parts)


@cache
def _words() -> frozenset[str]:
    return frozenset(fold(" ".join(NEGATIONS.values())).text.split())


@cache
def _spaceless() -> str:
    return "|".join(f"(?:{pattern})" for pattern in SPACELESS_NEGATIONS.values())
