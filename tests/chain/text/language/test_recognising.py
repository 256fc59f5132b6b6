"""Which language a text is in; what is left out of it is looked through for negations only then."""

import pytest

from evidence_chain.text import match
from evidence_chain.text.language.function_words import ALPHABETS, FUNCTION_WORDS, TELLING
from evidence_chain.text.language.negation_words import NEGATIONS, NONE_HERE, PERHAPS
from evidence_chain.text.language.recognising import languages

PLAIN = {
    "Arabic": ("كتبت المديرة أن المدرسة اشترت المصابيح {} قبل بداية العام.", "من المتجر"),
    "Bulgarian": ("Директорката писа, че училището {} е купило лампите от магазина.", "в града"),
    "Chinese": ("校长写道，学校{}向商店购买了这些灯具。", "在开学以前"),
    "Danish": ("Lederen skrev, at skolen {} købte lamperne af den lille butik.", "i byen"),
    "Dutch": ("De directrice schreef dat de school de lampen {} heeft gekocht.", "nu in de stad"),
    "English": ("The head wrote that the school {} bought the lamps from the shop.", "in the town"),
    "French": ("La directrice a écrit que l'école a {} acheté les lampes au magasin.", "en mai"),
    "German": ("Die Leiterin schrieb, dass die Schule die Lampen {} gekauft hat.", "noch im Mai"),
    "Greek": ("Η διευθύντρια έγραψε ότι το σχολείο {} αγόρασε τις λάμπες.", "στην πόλη"),
    "Hebrew": ("המנהלת כתבה כי בית הספר {} קנה את המנורות של החנות.", "בעיר הגדולה"),
    "Hindi": ("प्रधानाचार्या ने लिखा कि स्कूल ने {} दुकान से दीपक खरीदे थे।", "शहर में"),
    "Indonesian": ("Ibu itu menulis bahwa sekolah {} telah membeli lampu dari toko.", "di kota"),
    "Italian": ("La direttrice ha scritto che la scuola {} ha comprato le lampade.", "a maggio"),
    "Japanese": ("校長は学校が{}店からランプを買ったと書いた。", "昨年の春に"),
    "Korean": ("교장은 학교가 {} 가게에서 등을 샀다고 편지에 썼다.", "작년 봄에"),
    "Norwegian": ("Rektor skrev at skolen {} kjøpte lampene av den lille butikken.", "i byen"),
    "Polish": ("Dyrektorka napisała, że szkoła {} kupiła lampy w tym sklepie.", "tak szybko"),
    "Portuguese": ("A diretora escreveu que a escola {} comprou as lâmpadas.", "no mês de maio"),
    "Romanian": ("Directoarea a scris că școala {} a cumpărat lămpile din magazin.", "din oraș"),
    "Russian": ("Директор написала, что школа {} купила лампы в этом магазине.", "в городе"),
    "Spanish": ("La directora escribió que la escuela {} compró las lámparas.", "de la ciudad"),
    "Swedish": ("Rektorn skrev att skolan {} köpte lamporna av den lilla butiken.", "nu i staden"),
    "Thai": ("ครูใหญ่เขียนว่าโรงเรียน{}ซื้อโคมไฟจากร้านค้า", "ในเมือง"),
    "Ukrainian": ("Директорка написала, що школа {} купила лампи в цій крамниці.", "у місті"),
    "Urdu": ("پرنسپل نے لکھا کہ اسکول نے {} دکان سے چراغ خریدے تھے۔", "شہر کی"),
    "Vietnamese": ("Bà hiệu trưởng viết rằng trường đã mua đèn {} của cửa hàng.", "ở trong phố"),
}
"""A sentence with a place in it, and an adverbial that stands there."""

NEGATED = [
    *(("Arabic", "ما"), ("Chinese", "并没有"), ("Danish", "ingenlunde"), ("Dutch", "allerminst")),
    *(("English", "rarely"), ("French", "nullement"), ("German", "keineswegs"), ("Greek", "ποτέ")),
    *(("Hebrew", "מעולם לא"), ("Hindi", "नहीं"), ("Indonesian", "belum"), ("Italian", "mai")),
    *(("Korean", "안"), ("Norwegian", "aldri"), ("Polish", "wcale"), ("Portuguese", "jamais")),
    *(("Romanian", "niciodată"), ("Russian", "отнюдь"), ("Spanish", "tampoco")),
    *(("Swedish", "ingalunda"), ("Thai", "มิได้"), ("Ukrainian", "ніколи"), ("Urdu", "نہیں")),
    *(("Vietnamese", "chẳng"), ("Bulgarian", "никога"), ("German", "mitnichten")),
]

UNSURE = [
    ("Ředitelka napsala, že škola lampy {} zaplatila v tomto obchodě.", "nekoupila a ani"),
    ("Riaditeľka napísala, že škola {} a že sa o tom hovorilo.", "lampy nekúpila"),
    ("Ravnateljica je napisala da škola {} kupila svjetiljke u gradu.", "nije"),
    ("Müdür, okulun lambaları dükkândan {} ve bunu bildiğini yazdı.", "almadığını"),
    ("Rehtori kirjoitti, että koulu {} lamppuja kaupasta viime vuonna.", "ei ostanut"),
    ("Az igazgató azt írta, hogy az iskola {} a lámpákat a boltban.", "nem vette meg"),
    ("Koolijuht kirjutas, et kool {} lampe sellest poest ostnud.", "ei olnud"),
    ("Direktore rakstīja, ka skola lampas {} un aizbrauca no pilsētas.", "nenopirka"),
    ("Direktorė rašė, kad mokykla lempų {} ir kad tai buvo pernai.", "nenupirko"),
    ("مدیر نوشت که مدرسه چراغ‌ها را {} و به شهر رفت.", "نخرید"),
    ("Mwalimu aliandika kwamba shule {} taa kutoka dukani mwaka jana.", "haikununua"),
    ("Rektorinn skrifaði að skólinn hefði {} keypt lampana í búðinni.", "aldrei"),
    ("Zuzendariak idatzi zuen eskolak {} lanparak dendan erosi.", "ez zituela"),
    ("d'Direktesch huet geschriwwen, datt d'Schoul d'Luuchten {} kaf huet.", "net"),
    ("தலைமை ஆசிரியர் பள்ளி விளக்குகளை {} என்று எழுதினார்.", "வாங்கவில்லை"),
    ("მასწავლებელმა დაწერა, რომ სკოლამ ლამპები {} იყიდა მაღაზიაში.", "არასოდეს"),
    ("ຄູໃຫຍ່ຂຽນວ່າໂຮງຮຽນ{}ຊື້ໂຄມໄຟຈາກຮ້ານຄ້າໃນເມືອງ", "ບໍ່ໄດ້"),
    ("Мұғалім мектептің шамдарды дүкеннен {} жазды.", "алмағанын және кеткенін"),
]
"""Languages without a list, and some that negate inside words."""


def left_out(sentence, words):
    """What is found of a quote that leaves these words of the sentence out."""
    return match(sentence.format("…"), sentence.format(words))


@pytest.mark.parametrize("language", PLAIN)
def test_an_adverbial_may_be_left_out(language):
    sentence, words = PLAIN[language]
    assert language in languages(sentence.format(words))
    found = left_out(sentence, words)
    assert found.status == "elided"
    assert found.accepted, found.notes


@pytest.mark.parametrize(("language", "negation"), NEGATED)
def test_a_negation_may_not(language, negation):
    sentence, words = PLAIN[language]
    found = left_out(sentence, f"{negation} {words}")
    assert found.status == "elided"
    assert "omits-negation" in found.notes


@pytest.mark.parametrize(("sentence", "words"), UNSURE)
def test_a_person_looks_where_negations_can_not_be_looked_for(sentence, words):
    found = left_out(sentence, words)
    assert found.status == "elided"
    assert "negation-unsure" in found.notes
    assert not found.accepted


def test_the_language_of_few_words_is_told_by_what_stands_around_them():
    around = " The town bought lamps for all of its schools, and they were paid for in the spring. "
    sentence, quote = "Two old lamps yonder broke in May.", "Two old lamps … broke in May"
    assert "English" not in languages(sentence) or len(languages(sentence)) > 1
    assert "negation-unsure" in match(quote, sentence).notes
    within = match(quote, around + sentence + around)
    assert within.accepted, within.notes
    foreign = f"{around}Direktorė rašė, kad mokykla nenupirko lempų šiais metais.{around}"
    unknown = match("Direktorė rašė, kad mokykla … lempų šiais metais", foreign)
    assert unknown.notes == ["negation-unsure"]


@pytest.mark.parametrize(
    ("sentence", "words", "negates"),
    [
        ("Le village n'est desservi {} par des voies de la commune.", "que", True),
        ("La directrice ne sera {} dans la ville avec les lampes.", "plus", True),
        ("La directrice sera {} dans la ville avec les lampes.", "plus tard", False),
        ("La directrice dit qu'elle sera {} dans la ville.", "plus ou moins", False),
    ],
)
def test_the_other_half_of_a_negation(sentence, words, negates):
    assert ("omits-negation" in left_out(sentence, words).notes) is negates


def test_letters_of_another_script_are_not_looked_through():
    sentence, words = PLAIN["English"]
    assert "negation-unsure" in left_out(sentence, f"{words} (школа)").notes
    assert "negation-unsure" not in left_out(PLAIN["Chinese"][0], "Selmport 的").notes


def test_brackets_in_a_language_that_is_not_known():
    stream = "Ravnateljica je napisala da škola kupila svjetiljke u gradu."
    found = match(stream.replace("škola", "škola [nije]"), stream)
    assert found.status == "bracketed"
    assert "negation-unsure" in found.notes


def test_a_word_that_negates_elsewhere_is_none_where_it_means_something_else():
    assert "omits-negation" in left_out(PLAIN["English"][0], "no").notes
    before = match("a escola comprou as lâmpadas", PLAIN["Portuguese"][0].format("no mês de maio"))
    assert before.status == "altered"
    stream = "A diretora escreveu no mês de maio a carta de que todos os pais falam."
    assert match("mês de maio a carta", stream).notes == []


def test_the_tables_fit_each_other():
    assert {*NONE_HERE, *ALPHABETS, *TELLING} <= FUNCTION_WORDS.keys()
    assert PERHAPS.keys() <= NEGATIONS.keys()
    for language, words in NONE_HERE.items():
        assert set(words.split()).isdisjoint(NEGATIONS.get(language, "").split()), language


def test_other_languages_in_cyrillic_are_not_taken_for_russian():
    stream = "Министр айткандай, компания мартта шаарга айып төлөгөн жок жана чыгып кетти."
    found = match("компания мартта шаарга айып … жана чыгып кетти.", stream)
    assert "negation-unsure" in found.notes
    stream = "Министр сказал, что компания в марте не платила штраф городу."
    found = match("Министр сказал, что компания … платила штраф городу.", stream)
    assert found.notes == ["omits-negation"]
