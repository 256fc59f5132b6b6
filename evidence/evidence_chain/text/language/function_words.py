"""The words that sentences are built with, by language; and the letters that they are written with.

What is told by them is the language, in `recognising`: not what a sentence says. The words are the
most frequent articles, pronouns, prepositions, conjunctions, particles, adverbs and auxiliaries in
a treebank of Universal Dependencies for each language, as of 2025, in lower case. Those of
Catalan, Corsican, Frisian, Haitian, Ladino, Low German, Luxembourgish, Occitan, Scots, Sicilian and
Yiddish, which have to be told apart from others, are usual ones of theirs.
"""

from __future__ import annotations

FUNCTION_WORDS = {
    "Afrikaans": "die van en te ons in om wat is word nie het vir sal of hierdie op dat "
    "dit aan moet met as deur kan jy se tot by oor ook hulle jou na wees indien alle "
    "enige soos ek sy ten uit daar teen",
    "Albanian": "të në dhe një për më me janë është që nga si disa shumë këto ka së "
    "gjitha ose se ata këtë tij ishte qenë tek cilat deri sa madje duke mbi edhe saj "
    "drejt ku kjo megjithatë ai ky cilitdo asokohe atë tjera pjesërisht",
    "Arabic": "في من أن على إلى عام كان التي مع عن خلال ما ذلك بعد الذي لم هذا لكن لا قبل "
    "بين أيضاً قد أو غير هذه كل مثل هناك عندما هو حتى الذين كما آخر حيث يوم نحو أحد و إذا "
    "هي عند تلك منذ فقط إحدى دون أي كانوا بعض جداً إن مما عدة تقريباً فيما حول ضد الآن",
    "Basque": "eta da ez zuen du zen dira ere baina dute zuten ziren atzo bere hori beste "
    "ditu oso den zituen edo zion ari artean dut gaur horretan orain berriz ondoren dio "
    "hau asko gabe bezala zer direla dituzte gure gero guztiak aurka batzuk zituzten "
    "diren",
    "Belarusian": "і у ў на з па а не да што пра за ад як для таксама гэта аб мы яго я "
    "быў калі але які якія іх будзе ці каля дзе пасля хто ня тым каб тут толькі праз або "
    "яны ён было была са",
    "Bulgarian": "на и в да се за е от с не ще по си че са това му като той до но след "
    "които го към бе ли при през всички те още ни много бъде аз вчера ако а което тя този "
    "със тези ми",
    "Catalan": "de la el que en els les un una per amb del al dels als és no es se més "
    "com va són ha han ser si aquest aquesta seu seva entre fins també però sobre sense "
    "molt on hi ho",
    "Corsican": "di in chì per una da cù si era sò hè ùn micca stu issu pà à un ma",
    "Croatian and Serbian": "je se da na za su od će kako koji bi ne iz što kao sa to "
    "koje do biti ili nije nakon te koja ali više prema oko bilo samo posto on još zbog "
    "međutim kada sve ako svoje također bio smo sada ove",
    "Czech": "se na je ve do z pro nebo že jsou při to jako za po aby které tak si ale "
    "jejich jen své však proto od být podle která li jak jeho také ke který budeme bez "
    "naší co kteří bude ze byl než tedy",
    "Danish": "og at det er en af til på de for har den med der ikke som et om jeg var "
    "han men vi så fra kan man sig skal efter hun være over vil ved hvor eller ud også "
    "kunne du nu meget skulle da noget op andre helt sin under hans deres end ingen her "
    "min siden os",
    "Dutch": "de van het in en een op dat is voor te zijn met die niet bij aan was hij "
    "maar als om er door ik worden uit ook tot ze over of wordt naar dan nog na kan zich "
    "al geen wel dit tegen meer hun had zo moet nu onder zou wat kunnen haar we hoe "
    "moeten deze zal",
    "English": "the to and of in is you for it that on with was are this as be at they by "
    "not but from will my we he has there or if an can would what all his me were so been "
    "your do which about up their very out just no who also its them some her when",
    "Estonian": "ja on ei et kui ka see siis aga ma mis seda nii oli või oleks pole selle "
    "ning oma kes ise nagu kas midagi ole olen minu ta ikka veel ju mitte mul sa kuidas "
    "ära sellest kõik ehk mida küll mina võib eest",
    "Finnish": "ja on että ei se oli tai kun hän sen myös ovat mutta kuin joka voi jos "
    "sitä ole niin nyt siitä olisi mukaan sekä tämän ne sitten olla jo kaikki en vain "
    "hänen mitä ollut vaikka kuitenkin kanssa jotka tämä miten jossa sillä ihan",
    "French": "de la le et à les en des est un du il une dans au que pour par qui sur "
    "plus son se pas ce avec été sont ont elle mais sa aux ne cette comme ou ses était on "
    "après leur entre ils nous très être avait je aussi lui bien ces fut également sous "
    "dont si",
    "Frisian": "de it in fan en is op dat mei foar net te oan by wie hat har dy út sa ek "
    "mar der om nei as",
    "Galician": "de que da do en os se no as para dos unha un non por das é na como ou á "
    "con máis ao nos súa entre ó son polo sobre nas seu ser esta tamén co pola así este "
    "coa sen cando pode xa",
    "German": "die der und in das von den zu ist mit für es nicht im auf ein sich eine "
    "des ich dem war auch er als dass sie an am nach wir wurde bei hat einer aus sehr "
    "werden sind über um aber wie noch so nur man zum einen wird kann vor einem mehr "
    "hatte zur diese waren wenn durch",
    "Greek": "και να τησ το την η του για με των από που ο ότι οι στην σε θα τα τη είναι "
    "στο τουσ τισ τον δεν στη στισ αυτό κατά μασ ένα μια αυτή ωσ οποία ήταν αλλά στον στα "
    "όπωσ επίσησ προσ ενώ ή καθώσ σχετικά μετά μεταξύ μία οποίο σασ σήμερα μου μόνο μέχρι "
    "όμωσ στουσ εδώ εάν",
    "Haitian": "la nan yo li pou ki sa te ap ak sou pa mwen ou nou yon gen se lan men tou "
    "lè pi fè bay",
    "Hebrew": "של על את לא היה הוא כי עם גם זה היא כל אבל רק או עד אך בין אם היו ביותר "
    "היתה כדי כך יותר זו אלה ה אל אין זאת כמו הם כמה אף כאשר יהיה אלא שלו להיות אותו נגד "
    "לפני אחרי בכל מאז אני לו מן שבו שם מדי אז כן והוא מאוד בה אפשר בו אותה",
    "Hindi": "के में है की और से को का ने एक कि पर हैं था लिए गया नहीं यह जो इस साथ तक "
    "बाद भी थी वह लेकिन अपने थे उसने उसके गयी ही कई द्वारा वाले ज्यादा गए अपनी उसे जाता "
    "कम या बहुत सकता तो बीच रहा इसके कारण उसकी जब बारे लगभग कुछ वे रहे उसका जा उस",
    "Hungarian": "az és is hogy nem egy szerint már még de csak meg azt mint ki ha el "
    "pedig sem ez több után így aki egyik között fel azonban által miatt majd úgy például "
    "amely hiszen mert vagy akkor ezt be arra hanem ma minden ami",
    "Icelandic": "að í og það á er sem ég við ekki því til um fyrir en með þá var þetta "
    "af hann verið frá hún eða eru þess fram þegar hefur eftir bara sér þar ef mér svo "
    "eins upp vera hafa hér út nú sé",
    "Indonesian": "yang dan di pada dari dengan ini adalah untuk dalam sebagai oleh ia ke "
    "atau akan itu mereka juga tidak sebuah dapat telah seperti tersebut karena bahwa "
    "setelah seorang lebih secara kepada kemudian para antara banyak sampai sangat "
    "beberapa yaitu dia bagi apakah bagaimana apa tetapi serta namun hanya bisa akhirnya "
    "selama ketika sejak suatu pernah masih semua kita sehingga",
    "Irish": "an agus ar na ag go le sé is sin é sa de seo leis ó ach mar gur nó ní do "
    "féin in ina mé faoi nach eile chun ann sí san dá as aon ná den ba í iad nuair níos "
    "air amach",
    "Italian": "di il la che in è per del un della si le non una con al da ha dei sono "
    "delle gli nel come alla più anche ma dal quando chi se quale può dalla sua degli lo "
    "su ad nella era ai cui essere questo quanto loro suo sul tra dove tutti sia alle ci",
    "Kurmanji": "û di de ji bi li xwe min bû ko jî me re wî lê wê ye ne ew ku ve ser em "
    "tê ez ber te ev bo vê gelek ya her wan bûn tu hatiye dibe piştî pê hin hat jê çi yên",
    "Ladino": "די לה איל אי קי אין אה קון דיל פור נו און סי לוס לאס",
    "Latin": "est in quod non et autem igitur per ad ut ex quae secundum sed hoc sit enim "
    "se de sunt sicut si cum etiam uel aliquid quia eius sic supra ergo sua ab unde nam "
    "qui omnia nisi quam nec alia nihil ipsum eo suam",
    "Latvian": "un ir ar ka par no uz kā arī bet bija kas vai es nav tā to lai ko tas ja "
    "viņa jau tikai viņš pēc tad kad ne pie līdz gan jo vēl tiek mēs kur man tu tās pa "
    "savu ļoti nu viņu",
    "Lithuanian": "ir kad į ar iš su tik yra ne kaip taip tai buvo bet apie dėl nuo jau "
    "per dar tačiau to iki jeigu už savo kas bus kai būtų bei po jų labai todėl jis prie "
    "jei ką būti kurie ant net prieš be",
    "Low German": "de un dat is nich in för mit op to vun en he se dor ut sik ok bi as "
    "hett weer vör na ünner",
    "Luxembourgish": "de den dem der vun an am ass op mat dat datt huet hunn gëtt gëtt "
    "fir sech no nach och bei gouf um zu eng engem war mir hie sinn awer wéi dës net",
    "Maltese": "il lill li ma kien biex minn fuq dan xi għal din qed hu kif jew kienet "
    "jekk se meta tiegħu kienu imma wara mhux lil dawn għax dak jkun ħafna min huma dwar "
    "ftit kull hi ikun huwa aktar fejn biss ukoll bħala tkun iżda tagħha",
    "Marathi": "तो आहे ती नाही एक आणि मी का होती त्या होते होता त्याला काय मला त्याने असे "
    "घरी ते या ही व माझी तुला तिला हे परंतु कोण आता तुम्ही कुठे तर तू पण तेथे आज त्याच्या "
    "तुझी बाहेर आपण की त्याचे परत कोणी आपल्या",
    "Norwegian": "og det er på som å til for av at har med en om den han ein var vi men "
    "dei ikke de jeg ikkje kan seg vil et så eit skal dette etter også ei eg må fra ut "
    "frå eller opp du når hun ved alle andre over der enn mot denne ble være inn da no",
    "Occitan": "la de lo que los las es amb un una del dels per dins en al als pas aquel "
    "son foguèt mai",
    "Persian": "و در به از که این را است با آن بر برای خود بود هم وی او تا خواهد نیز تو "
    "ما باید اما پس اگر پیش هر من باشد بین یا برخی بعد نسبت توسط بودند همه روی درباره چه "
    "آنان همچنین تنها آیا",
    "Polish": "się nie w na z to do jest że ale już po za jak mnie od czy mi co tym ja "
    "tylko teraz tak też go przez mu jego ich był jeszcze bardzo jej tego ją ten ze sobie "
    "przed dla bo tu będzie są coś tam on przecież dlaczego ci nawet nic je była być "
    "także",
    "Portuguese": "de que do da em para no com na os é um uma não dos as por se foi ao "
    "como mais das pelo à mas pela ser ele também sua ainda já segundo até nos sobre seu "
    "entre foram ou nas quando depois aos será ter dum durante às isso nesta após muito "
    "contra seus duma",
    "Romanian": "de în și la se cu să din pe care un pentru nu este mai că au sau al ce "
    "fost fi ca prin sunt lui când după dacă ale ar era unui el dar cel toate am ei între "
    "unei își le până va orice dintre iar cum astfel această fără fie sub lor acest fiind",
    "Russian": "в и на с по что не из как к он для его был от а это за до но также после "
    "о были было была или у же при она которые который то они во их чтобы более однако "
    "того я где когда все под так только чем ее этом том будет еще со мы этот между себя "
    "этого",
    "Scots": "the tae wis wi frae fer nae whan an fae efter thair wir aw ane whit isnae didna hae",
    "Sicilian": "di la li lu si cu un nun pi dû nna chi na ca è",
    "Slovak": "sa na je do z jeho po že bol aj ako za od vo ktorý pri to ktoré medzi pre "
    "bola sú boli ich potom ho však ale so bolo keď svoje veľmi počas aby mu alebo podľa "
    "jej by čo kde tu už ktorá",
    "Slovenian": "je in na se da ki za so pa z tudi bi ne po kot še ali iz pri lahko to "
    "od tako ni bo do če ga ko med že tem jih bil kar bila več pred le nekaj ob naj bodo "
    "sta zaradi",
    "Spanish": "de la el en y que los del se un por las con una es su para al como no más "
    "lo fue sus este ha pero también entre sobre sin durante esta le era ser son desde ya "
    "muy había cuando eran todo hasta donde si puede después todos fueron tanto uno han "
    "me cada mientras",
    "Swedish": "och att som det är en av på för de den har med till inte om kan man ett "
    "sig så eller men vi måste också från under än vara vid detta när var mer sin allt "
    "där dem alla skulle mycket utan efter jag genom mellan hur bara då någon skall vad "
    "dessa ska denna hon mot kanske",
    "Tagalog": "ang ng sa si mga hindi ka ko na niya ni siya para daw bukas sarili ba "
    "kaniyang nang pa nila siyang kong noong ako sila kay nasaan roon huwag lahat iyan "
    "nasa tungkol ito kita mismo sino bang ano kung bakit man lamang tuloy",
    "Turkish": "bir ve bu de da için daha gibi çok ne ama ben ile sonra kadar diye olarak "
    "her en ya ki değil önce ancak bana beni ise hiç onu benim böyle onun göre mi ona mı "
    "birlikte artık nasıl şimdi kendi bile biraz hem tüm",
    "Ukrainian": "і на у в з що не до та за а про для як це й від його він я але із є або "
    "чи так коли під по ми який ще які цього то після її їх ж вже того також щоб був тут "
    "вони тільки вона те можна дуже буде тому б цей навіть всі щодо через все",
    "Urdu": "کے کی مےں ہے نے سے کو اور کا کہ پر اس بھی لئے ہوئے ان ہےں گیا یہ نہیں وہ ہیں "
    "تھا مسٹر انہوں و گئی جا بعد جانب رہی جو گئے اپنے تھی رہے ساتھ خلاف تک تھے ہی رہا پیش "
    "جس لیکن کوئی جبکہ کسی علاوہ تو جانے نہ اپنی تمام انھوں جن ذریعہ دوران کئی جائےگا",
    "Uyghur": "بۇ بىلەن ئۇ ۋە مەن ئۇنىڭ ئىدى يەنە سەن ئۇلار شۇ ئۈچۈن لېكىن كەتتى ئۇنى بىز "
    "ئىكەن ھەر دە شۇنداق قانداق ئەڭ نەچچە قالدى ئۇنىڭغا بەك شۇڭا ئۇلارنىڭ مېنىڭ ماڭا "
    "ئەمەس ئۆز ھەم سېنىڭ بىراق چۈنكى ياكى ئۆزىنى قېتىم مېنى ئاشۇ ھېلىقى بۇنداق بۇنى شۇنىڭ",
    "Vietnamese": "và không là của được đã cho tôi trong ở với những cũng các đến lại đó "
    "vào này thì phải để chỉ như bị nhưng từ sẽ trên cả còn mới mà đang đây tại rất họ "
    "nào vì rồi vẫn gì chưa ai thế nên vậy ta nay ấy đều sao vừa mỗi ngay nữa cứ thật tự",
    "Welsh": "y yn ar yr wedi ei ac am eu gan ni yw â mewn chi ond fel hi gyda yng ein "
    "neu er wrth ddim nhw hyn at ym fy hefyd na eich hynny dros mi iawn cyn fe ti pan os "
    "yma nad dim nid",
    "Yiddish": "און די דער אין איז פון פֿון אַז נישט ניט מיט צו האט האָט זיך װאָס וואָס "
    "אויף זענען ער זי",
}
"""In lower case. Of Latin letters `w`, `y` and `z` alone are words here: others are in too many."""

_ASCII = "abcdefghijklmnopqrstuvwxyz"
ALPHABETS = {
    "Arabic": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱ",
    "Belarusian": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "Bulgarian": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "Catalan": _ASCII + "àçèéíïóòúü",
    "Croatian and Serbian": _ASCII + "čćđšž",
    "Czech": _ASCII + "áčďéěíňóřšťúůýž",
    "Danish": _ASCII + "æøåé",
    "Dutch": _ASCII + "ëïéèóöüá",
    "English": _ASCII,
    "French": _ASCII + "àâæçéèêëîïôœùûüÿ",
    "Galician": _ASCII + "áéíïñóúü",
    "German": _ASCII + "äöüß",
    "Indonesian": _ASCII + "é",
    "Italian": _ASCII + "àèéìíîòóùú",
    "Norwegian": _ASCII + "æøåéèêòóôâ",
    "Polish": _ASCII + "ąćęłńóśźż",
    "Portuguese": _ASCII + "áâãàçéêíóôõúü",
    "Romanian": _ASCII + "ăâîșțşţ",
    "Russian": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "Slovak": _ASCII + "áäčďéíĺľňóôŕšťúýž",
    "Slovenian": _ASCII + "čšž",
    "Spanish": _ASCII + "áéíñóúü",
    "Swedish": _ASCII + "äöåéà",
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "Vietnamese": _ASCII + "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ",
}
"""The letters of a language that has others beside it with more, or with other ones."""

TELLING = {
    "Arabic": "[وبفك]?ال.{3,}|لل.{3,}|.{2,}ة",
    "Czech": ".*[ěřů].*",
    "Hungarian": ".*[őű].*",
    "Maltese": ".*[ħġżċ].*",
    "Persian": ".*[پچژگ].*",
    "Polish": ".*[łęąśżźń].*",
    "Portuguese": ".*[ãõ].*",
    "Romanian": ".*[țșţ].*",
    "Russian": "эт.+|.*(?:ый|ые|ых|ым|ыми)|.{2,}(?:ся|ств[ауое]|ость|ости)|.*ыва.+",
    "Spanish": ".*ñ.*|.{2,}(?:ó|ción|aron|ieron)",
    "Turkish": ".*[ğış].*",
    "Ukrainian": ".*[єїґ].*",
    "Urdu": ".*[ٹڈڑںےہ].*",
    "Vietnamese": ".*[ơưđạ-ỹ].*",
}
"""What other words of a language look like and of few others beside it, as a regular expression."""
