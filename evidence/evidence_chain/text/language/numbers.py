"""Numbers, in digits and in words: they must not be left out of a passage without a word."""

from __future__ import annotations

import re
from functools import cache

from evidence_chain.text.language.folds import fold
from evidence_chain.text.language.words import tokens

NUMBER_WORDS = {
    "Arabic": "اثنان اثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة سبعة ثمانية تسعة عشرة مئة مائة ألف "
    "آلاف مليون ملايين نصف",
    "English": "two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred hundreds thousand thousands million millions billion billions dozen dozens "
    "half zero trillion crore lakh third thirds fourth fifth sixth seventh eighth ninth tenth "
    "second quarter quarters double doubled twice triple",
    "French": "deux trois quatre cinq sept huit neuf dix onze douze vingt trente cent cents mille "
    "milliards moitié",
    "German": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert "
    "tausend millionen milliarden hälfte",
    "Russian": "два две три четыре пять шесть семь восемь девять десять двадцать сто тысяча тысячи "
    "тысяч миллион миллиона миллионов половина",
    "Spanish": "dos tres cuatro cinco seis siete ocho nueve diez doce veinte treinta cien ciento "
    "mil millones mitad",
}
"""Whole words, in lower case. What stands for one is left out: it is an article or a pronoun."""

_NONE_HERE = {"Galician": "dos", "Portuguese": "dos"}
"""Words of other languages' lists that mean something else here."""

_HAN = "二三四五六七八九十百千万亿兩两萬億〇"
_HAN_NUMBER = (
    f"[一{_HAN}]{{2,}}|[{_HAN}]\\s?[个個名人年月日台臺条條项項家所座处處元亿億万萬次份部台つ件社]"
)

_LONE_HAN = f"(?!十分|千万不|万一|百姓)[{_HAN}零]"


def has_number(text: str, among: frozenset[str] = frozenset()) -> bool:
    """Whether `text`, if it is in one of some languages, has a digit or a word for a number.

    A word for one is none.
    """
    if any(char.isnumeric() and not _is_han(char) for char in text):
        return True
    others = [frozenset(_NONE_HERE.get(one, "").split()) for one in among]
    known = _number_words() - (frozenset.intersection(*others) if others else frozenset())
    words = (token.key.casefold() for token in tokens(text))
    return any(not known.isdisjoint(word.split("-")) for word in words) or bool(
        re.search(_HAN_NUMBER, text)
    )


def may_count(text: str, among: frozenset[str] = frozenset()) -> bool:
    """Whether `text` has a number, or a Han numeral that may be a part of another word."""
    return has_number(text, among) or re.search(_LONE_HAN, text) is not None


def numbers(text: str) -> list[str]:
    """The numbers of `text`, as they are written."""
    keys = (token.key for token in tokens(text) if token.key[0].isalnum())
    return [key for key in keys if has_number(key) or (len(key) == 1 and key.isnumeric())]


@cache
def _number_words() -> frozenset[str]:
    return frozenset(fold(" ".join(NUMBER_WORDS.values())).text.split())


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char == "〇"
