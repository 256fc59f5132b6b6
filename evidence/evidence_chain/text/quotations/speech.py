"""Words that say that somebody speaks, in the languages of newsrooms."""

from __future__ import annotations

from evidence_chain.pattern import pattern

_VERBS = {
    "English": "say says said saying add adds added write writes wrote written tell tells told ask "
    "asks asked reply replies replied answer answers answered explain explains explained state "
    "states stated announce announced argue argues argued claim claims claimed warn warned insist "
    "insisted note notes noted admit admitted confirm confirmed deny denied declare declared "
    "recall recalled testify testified promise promised according continued concluded remarked "
    "reported reads read quoted",
    "German": "sagt sagte sagten schreibt schrieb schrieben erklärt erklärte fragt fragte meint "
    "meinte antwortet antwortete betont betonte behauptet behauptete laut fügte berichtet "
    "berichtete versicherte räumte",
    "French": "dit disait déclare déclaré ajoute ajouté ajoutait écrit affirme affirmé selon "
    "explique expliqué répond répondu assure assuré raconte raconté précise précisé demande",
    "Spanish": "dijo dice dijeron afirma afirmó explicó explica añadió añade según escribió "
    "escribe aseguró respondió declaró señaló preguntó contó",
    "Italian": "detto disse dice dichiarato secondo scritto spiega aggiunge afferma risponde",
    "Portuguese": "disse diz afirmou afirma segundo escreveu declarou respondeu acrescentou",
    "Dutch": "zei zegt schreef schrijft volgens verklaarde vertelde antwoordde",
    "Nordic": "säger sade sa sier skrev skriver enligt svarade sagde siger ifølge ifölge sanoi "
    "sanoo kertoi förklarade forklarede svarte uppgav",
    "Polish": "powiedział powiedziała mówi mówił mówiła napisał napisała stwierdził stwierdziła "
    "według zdaniem dodał dodała odpowiedział odpowiedziała",
    "Czech": "řekl řekla uvedl uvedla dodal dodala podle napsal napsala tvrdí",
    "Russian": "сказал сказала говорит говорил заявил заявила написал написала ответил ответила "
    "добавил добавила пояснил словам сообщил сообщила",
    "Ukrainian": "сказав каже заявив написав додав пояснив відповів",
    "Hungarian": "mondta írta közölte szerint",
    "Romanian": "spus declarat scris potrivit",
    "at the beginning of a sentence": "According Laut Selon Según Secondo Segundo Volgens Enligt "
    "Ifølge Ifölge Według Podle Potrivit",
}
_NO_SPACES = "说|說|表示|称|稱|写道|寫道|指出|回答|述べ|語っ|言っ|話し"
_WORDS = sorted(set(" ".join(_VERBS.values()).split()), key=len, reverse=True)
_SPEAKS = f"(?:\\b(?:{'|'.join(_WORDS)})\\b|{_NO_SPACES})"
VERB = pattern(_SPEAKS)
"""A word that says that somebody speaks or writes."""
_THAT = "that|dass|da\u00df|que|qu['\u2019]|che|dat|att|at|\u017ee|\u017ce|что|що"
INDIRECT = pattern(f"{_SPEAKS}[^.!?,:;]{{0,40}}?,?\\s+(?:{_THAT})\\b")
"""The beginning of indirect speech."""
