"""Words that negate, by language; and what else denies.

A source is named for each language. A treebank of Universal Dependencies, as of 2025
(https://universaldependencies.org), marks words as `Polarity=Neg` or `PronType=Neg`; those are
here, and others that mean the same. Where it marks none, a grammar or dictionary is named to look
them up. A word too many asks for one more look.
"""

from __future__ import annotations

NEGATIONS = {
    # UD_Arabic-PUD
    "Arabic": "لا لم لن ليس ليست ليسوا ليسا لسنا لست لسن لستم غير بدون دون أبدا كلا ولا "
    "ولم ولن وليس وليست فلا فلم فلن فليس بلا ألا وغير عدم وعدم بعدم لعدم مش مو موش ماكو "
    "مافي مفيش",
    # UD_Belarusian-HSE
    "Belarusian": "не ня ні няма ніколі нічога ніхто нікога ніякі ніякіх ніякага ніводны "
    "ніводнай нішто нельга без бяз ані нідзе",
    # UD_Bulgarian-BTB
    "Bulgarian": "не няма нямаше нито никой никого никога нищо никакъв никаква никакво "
    "никакви никъде никак без недей едва",
    # Gramàtica de la llengua catalana (IEC)
    "Catalan": "no ningú tampoc enlloc sense ni",
    # UD_Czech-CAC, UD_Slovak-SNK
    "Czech": "ne není nie nikdy nikdo nikto nic nič žádný žádná žádné žiadny bez",
    # Den Danske Ordbog
    "Danish": "ikke ej aldrig ingen intet ingenting ingensteds ingenlunde hverken uden næppe nej",
    # Algemene Nederlandse Spraakkunst
    "Dutch": "niet geen nooit niemand niets nergens zonder noch geenszins allerminst "
    "nimmer evenmin niks nee neen nauwelijks amper",
    # UD_English-EWT
    "English": "not no never none nobody nothing nowhere neither nor without cannot non "
    "hardly scarcely barely rarely seldom nowise nought cant wont dont didnt isnt wasnt "
    "doesnt havent hasnt hadnt wouldnt couldnt shouldnt arent werent aint deny denies "
    "denied denying untrue false",
    # UD_French-GSD
    "French": "ne pas jamais rien aucun aucune ni nul nulle sans guère non nullement "
    "aucunement nulles nuls néant",
    # UD_Galician-CTG
    "Galician": "non nunca ningún ningunha ninguén nada nin tampouco xamais",
    # UD_German-GSD
    "German": "nicht nie niemals kein keine keinen keinem keiner keines keinerlei nichts "
    "niemand niemanden niemandem niemandes nirgends nirgendwo nirgendwohin nirgendwoher "
    "weder ohne nein kaum nimmer nimmermehr keineswegs keinesfalls mitnichten ebensowenig "
    "nix",
    # Holton, Mackridge, Philippaki-Warburton: Greek, A Comprehensive Grammar
    "Greek": "δεν δε μη μην όχι ποτέ κανείς κανένας κανέναν κανενός καμία καμιά κανένα "
    "τίποτα τίποτε πουθενά ούτε μήτε χωρίς δίχως άνευ ουδείς ουδεμία ουδέν ουδέποτε "
    "ουδόλως ουχί",
    # UD_Hebrew-HTB
    "Hebrew": "לא אין בלי ללא מעולם אינו אינה אינם אינן אינך איננו איננה אינני בלתי אי אל "
    "לעולם ולא שלא ואין שאין מבלי לבל ואינו ואינה ואינם שאינו שאינה שאינם שום",
    # UD_Hindi-PUD
    "Hindi": "नहीं नही मत न ना बिना बगैर",
    # UD_Indonesian-GSD
    "Indonesian": "tidak bukan tanpa tak belum jangan tiada tidaklah bukanlah janganlah "
    "takkan nggak enggak ndak gak mustahil nihil",
    # UD_Italian-ISDT
    "Italian": "non né nessun nessuno nessuna niente nulla senza neppure nemmeno neanche "
    "mica nient nullo giammai no",
    # UD_Korean-PUD
    "Korean": "안 못 아니 말고 없이",
    # UD_Norwegian-Bokmaal, UD_Norwegian-Nynorsk
    "Norwegian": "ikke ikkje ei aldri ingen inga intet ingenting inkje ingensteds verken "
    "korkje uten utan neppe knapt nei",
    # UD_Persian-Seraji
    "Persian": "غیر نه هیچ نیست نیستند نبود هرگز بدون بی هیچکس هیچ‌کس",
    # UD_Polish-LFG
    "Polish": "nie nigdy nikt nikogo nikomu nikim nic niczego niczym żaden żadna żadne "
    "żadnej żadnego żadnych żadnym żadną żadnemu ani bez nigdzie bynajmniej wcale",
    # UD_Portuguese-GSD
    "Portuguese": "não nunca nenhum nenhuma nenhuns nenhumas nem sem ninguém jamais nada tampouco",
    # UD_Romanian-RRT
    "Romanian": "nu nici nimic nimeni nimănui niciodată niciun nicio niciunul niciuna "
    "nicăieri nicicând nicidecum fără deloc",
    # UD_Russian-GSD
    "Russian": "не ни нет нельзя никогда никто никого никому никем ничто ничего ничему "
    "ничем никакой никакая никакое никакие никаких никакого никакую никаким нигде никуда "
    "никак нисколько без безо неправда неверно невозможно отнюдь вовсе ничуть некого "
    "нечего незачем якобы",
    # UD_Spanish-GSD
    "Spanish": "no nunca jamás nada nadie ningún ninguno ninguna ningunos ningunas ni sin "
    "tampoco apenas",
    # UD_Swedish-Talbanken
    "Swedish": "inte ej icke aldrig ingen inget inga ingenting ingenstans ingalunda "
    "ingendera utan varken knappast knappt näppeligen nej",
    # UD_Turkish-IMST
    "Turkish": "değil yok hiç asla",
    # UD_Ukrainian-IU
    "Ukrainian": "не ні немає нема ніколи ніхто нікого нікому ніким нічого нічим ніщо "
    "ніякий ніяка ніякої ніяких ніяке ніякого жодний жоден жодного жодна жодної жодне без "
    "ані ніде нікуди ніяк неправда неможливо",
    # UD_Urdu-UDTB
    "Urdu": "نہیں نہ مت بغیر بلا عدم ہرگز",
    # Thompson: A Vietnamese Reference Grammar
    "Vietnamese": "không chưa chẳng chả đừng",
}
"""Whole words, in lower case. English `…n't` and French `n'…` are looked for besides."""

PERHAPS = {
    "Arabic": "ما وما فما",
    "Bulgarian": "ни",
    "Catalan": "mai cap res gens pas",
    "French": "point personne goutte",
    "Galician": "sen",
    "Greek": "πια",
    "Indonesian": "kurang",
    "Italian": "mai affatto punto",
    "Romanian": "ba",
    "Spanish": "rara",
    "Vietnamese": "vô phi",
}
"""Words that negate in some uses: a person looks where they are left out of a text that may be in
that language, and nowhere else."""

NEGATES_WITHIN = frozenset({"Czech", "Persian", "Turkish"})
"""Languages that negate inside words, too, so that a list of words is not enough."""

NONE_HERE = {
    "Afrikaans": "pas tak",
    "Basque": "ni",
    "Croatian and Serbian": "no",
    "Czech": "tak",
    "Danish": "nu sin tak",
    "Dutch": "n nu pas",
    "English": "n",
    "Estonian": "no",
    "Finnish": "ne ni no",
    "French": "dont né",
    "Galician": "no",
    "German": "n noch",
    "Icelandic": "sem",
    "Indonesian": "kaum no",
    "Irish": "no sin",
    "Italian": "ne nei",
    "Latvian": "no nu",
    "Lithuanian": "pas",
    "Norwegian": "no sin tak",
    "Polish": "no tak",
    "Portuguese": "apenas no",
    "Romanian": "ani ei ne ni pas",
    "Slovak": "nej no tak",
    "Slovenian": "sem sin tak",
    "Swedish": "ni nu sin",
    "Turkish": "ne ni",
    "Vietnamese": "nay",
    "Welsh": "ei",
}
"""Words of other languages' lists that mean something else here, where they are frequent."""

SPACELESS_NEGATIONS = {
    # UD_Chinese-GSDSimp, UD_Japanese-PUD, UD_Korean-PUD, UD_Thai-PUD
    "Chinese": "不(?![断斷仅僅但同论論管動久少])"
    "|[没沒](?!收)|[无無](?![论論线線数數]|人机|人機)|非(?![常洲])|未(?![来來])"
    "|[否勿莫毋弗甭唔冇咪]|(?<![特分区區类類级級性个個差告辨识識派])[别別](?![人的墅处處名称稱具致])",
    "Japanese": "な(?:い|く|かっ|けれ)|ませ[んぬ]|ぬ|(?<![まはわい必])ず(?![っつれか])",
    "Korean": "않|없|아니|못|지(?:마|말)|안(?:했|하[고는지면]|됐|돼|되[고는었])|금지|거부|부인",
    "Thai": "ไม่|มิ(?!ตร|ถุน|ติ|ใช่หรือ)|อย่า(?!ง)|ไร้|ปราศจาก|หาไม่",
}
"""Regular expressions, for scripts whose words can't be told apart by spaces; and endings."""
