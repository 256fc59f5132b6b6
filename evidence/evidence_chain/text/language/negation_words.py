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
    "keinster keinste keinsten keinstem weder ohne nein kaum nimmer nimmermehr keineswegs "
    "keinesfalls mitnichten ebensowenig nix",
    # Holton, Mackridge, Philippaki-Warburton: Greek, A Comprehensive Grammar
    "Greek": "δεν δε μη μην όχι ποτέ κανείς κανένας κανέναν κανενός καμία καμιά κανένα "
    "τίποτα τίποτε πουθενά ούτε μήτε χωρίς δίχως άνευ ουδείς ουδεμία ουδέν ουδέποτε "
    "ουδόλως ουχί δέν μήν μή",
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

REFUSALS = {
    "Arabic": r"(?:و|ف)?(?:ي|ت|أ)?(?:رفض|نف[ىيت]|أ?نكر|امتنع|يمتنع|تمتنع)(?:ت|وا|ون|نا)?",
    "Bulgarian": r"отказ\w*|отрич\w*|отрек\w*|опроверг\w*",
    "Catalan": r"nega(?:r|va|ven|t)?|negar(?:en|à)|refus\w+|rebutj\w+|desment\w+",
    "Czech": r"odmít\w*|popř\w*|popír\w*|zamít\w*",
    "Danish": r"nægte\w*|benægt\w*|afvis\w*|undlod|undlad\w*",
    "Dutch": r"(?:ver)?weiger\w*|ontken\w*|nalaat|nagelaten|verzuim\w*|verre\s+van",
    "English": r"unable|unwilling|unlikely|unless|impossible|incapable|refus\w*|fail\w*|declin\w*"
    r"|reject\w*|den(?:y|ies|ied|ying|ial|ials)|lack(?:s|ed|ing)?|zero|far\s+from"
    r"|(?:stop|forg[eo]t|abstain|refrain|ceas|neglect|omitt?|avoid|disclaim|disput|disavow)"
    r"(?:e?s|p?ed|p?ing|ten|ting)?|false|falsely|wrong|wrongly|mistaken\w*|untrue|untruly"
    r"|little|few|short\s+of|instead\s+of|rather\s+than|except|unfounded|baseless",
    "French": r"nier|nie(?:nt|r|ait|aient)?|niant|refus\w*|démen\w+|rejet\w+|loin\s+d\w*"
    r"|à\s+peine|faux|fausse(?:s|ment)?|à\s+tort|manqu\w+|omi[st]\w*|cess(?:é|a|e|ait|er)",
    "German": r"weiger\w*|verweiger\w*|bestreit\w*|bestritt\w*|dementi\w*|leugn\w*|geleugnet"
    r"|vernein\w*|abgelehnt|lehn\w+|unterl(?:ass|ieß|ieße|äss)\w*|versäum\w*"
    r"|verzicht\w*|weit\s+(?:davon\s+)?entfernt|keinst\w*|unmöglich|außerstande|unfähig"
    r"|fälschlich\w*|falsch\w*|irrtümlich\w*|zu\s+unrecht|unwahr\w*",
    "Greek": r"αρν(?:ήθηκ|είται|ούνται|ήθηκαν|ηθεί|ούμαστε)\w*|διαψε[υύ]\w*|απ[εέ]ρρι[πψ]\w*",
    "Hebrew": r"[ושה]?(?:סירב|סירבה|סירבו|מסרב|מסרבת|הכחיש|הכחישה|הכחישו|מכחיש|נמנע|נמנעה)",
    "Hindi": r"इनकार|इन्कार|मना|खंडन",
    "Indonesian": r"menolak|ditolak|membantah|menyangkal|gagal|menampik",
    "Italian": r"nega(?:no|va|vano|to|re|rono|ndo)?|negò|rifiut\w*|smenti\w*|lontan\w\s+da\w*"
    r"|a\s+stento|fals\w+|a\s+torto|rigett\w+|respin\w+",
    "Norwegian": r"nekte\w*|benekt\w*|avvis\w*|avsl\w+|unnlot|unnlat\w*",
    "Polish": r"odm[óa]w\w*|zaprzecz\w*|odrzuc\w*|zaniecha\w*",
    "Portuguese": r"neg(?:a|am|ou|aram|ava|avam|ar|ado)|recus\w*|desment\w*|rejeit\w*"
    r"|deix(?:ou|aram|a|ava)\s+de|longe\s+de|mal",
    "Romanian": r"neagă|nega\w*|refuz\w*|dezmin[tț]\w*|respin[gs]\w*",
    "Russian": r"отказ\w*|отриц\w*|отверг\w*|опроверг\w*|отрек\w*|едва|ложн\w*|ошибочн\w*",
    "Spanish": r"nieg\w*|neg(?:ó|aron|aba|aban|ar|ado|ando)|rechaz\w*|rehus\w*|desm[ie]\w*nt\w*"
    r"|dej(?:ó|aron|a|aba)\s+de|lejos\s+de|fals\w+",
    "Swedish": r"vägra\w*|förnek\w*|avvis\w*|avslog|dement\w*|underl[åä]t\w*|långt\s+ifrån",
    "Ukrainian": r"відмов\w*|запереч\w*|спросту\w*|відкину\w*",
    "Urdu": r"انکار|تردید|مسترد",
    "Vietnamese": r"từ\s+chối|phủ\s+nhận|bác\s+bỏ",
}
"""Whole words, as regular expressions, that say that something did not happen, or isn't so. They
are ours, small, and of the languages with a list above; dictionaries of each have more."""
SPACELESS_REFUSALS = "拒|否[认認]|禁|失败|失敗|避免|ปฏิเสธ|거절|거부|부인|부정|보류|中止|見送"

SPACELESS_NEGATIONS = {
    # UD_Chinese-GSDSimp, UD_Japanese-PUD, UD_Korean-PUD, UD_Thai-PUD
    "Chinese": "不(?![断斷仅僅但同论論管動久少])"
    "|[没沒](?!收)|[无無](?![论論线線数數]|人机|人機)|非(?![常洲])|未(?![来來])"
    "|[否勿莫毋弗甭唔冇咪]|(?<![特分区區类類级級性个個差告辨识識派])[别別](?![人的墅处處名称稱具致])",
    "Japanese": "な(?:い|く|かっ|けれ)|ませ[んぬ]|ぬ|(?<![まはい必])ず(?![っつれか])"
    "|(?<=[\u4e00-\u9fff][まい])ず(?![っつれか])",
    "Korean": "않|없|아니|못|지(?:마|말)|안(?:했|하[고는지면]|됐|돼|되[고는었])|금지|거부|부인",
    "Thai": "ไม่|มิ(?!ตร|ถุน|ติ|ใช่หรือ)|อย่า(?!ง)|ไร้|ปราศจาก|หาไม่",
}
"""Regular expressions, for scripts whose words can't be told apart by spaces; and endings."""
