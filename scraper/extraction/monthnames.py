"""Month names of the languages that newspapers print, folded to lower case without accents."""

from __future__ import annotations

import unicodedata

_NAMES = (
    # en de fr es it pt nl
    "january february march april may june july august september october november december",
    "januar februar marz april mai juni juli august september oktober november dezember",
    "janner feber maerz april mai juni juli august september oktober november dezember",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre",
    "gener febrer marc abril maig juny juliol agost setembre octubre novembre desembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    # sv da no is fi
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november december",
    "januar februar mars april mai juni juli august september oktober november desember",
    "januar februar mars april mai juni juli agust september oktober november desember",
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta syyskuuta lokakuuta "
    "marraskuuta joulukuuta",
    # pl cs sk sl, genitive and nominative where they differ
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia",
    "styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien",
    "ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince",
    "januara februara marca aprila maja juna jula augusta septembra oktobra novembra decembra",
    "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra",
    # ru uk bg sr
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "януари февруари март април май юни юли август септември октомври ноември декември",
    "јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
    # el tr ro hu lt lv et id
    "ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου οκτωβριου νοεμβριου "
    "δεκεμβριου",
    "ιανουαριος φεβρουαριος μαρτιος απριλιος μαιος ιουνιος ιουλιος αυγουστος σεπτεμβριος οκτωβριος νοεμβριος "
    "δεκεμβριος",
    "ocak subat mart nisan mayıs haziran temmuz agustos eylul ekim kasım aralık",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december",
    "sausio vasario kovo balandzio geguzes birzelio liepos rugpjucio rugsejo spalio lapkricio gruodzio",
    "janvaris februaris marts aprilis maijs junijs julijs augusts septembris oktobris novembris decembris",
    "jaanuar veebruar marts aprill mai juuni juuli august september oktoober november detsember",
    "januari februari maret april mei juni juli agustus september oktober november desember",
    # ar (two traditions), hi
    "يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر",
    "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
)
# Short forms that are no beginning of their month's name, or the beginning of several months' names.
_SHORT = {
    "mar": 3,
    "mars": 3,
    "mai": 5,
    "maj": 5,
    "jun": 6,
    "juin": 6,
    "jul": 7,
    "juil": 7,
    "sept": 9,
    "dic": 12,
    "cze": 6,
    "cvn": 6,
    "cvc": 7,
    "lis": 11,
    "ara": 12,
    "март": 3,
    "мар": 3,
    "июн": 6,
    "июл": 7,
    "ιουν": 6,
    "ιουλ": 7,
    "μαρ": 3,
    "μαι": 5,
    "jan": 1,
    "ene": 1,
}


def fold_month(word: str) -> str:
    """A word in the form that the table uses: lower case, accents off."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _build() -> dict[str, int]:
    full: dict[str, int] = {}
    begun: dict[str, set[int]] = {}
    for names in _NAMES:
        for month, name in enumerate(names.split(), 1):
            name = fold_month(name)
            full.setdefault(name, month)
            for length in range(3, len(name)):
                begun.setdefault(name[:length], set()).add(month)
    unique = {prefix: next(iter(months)) for prefix, months in begun.items() if len(months) == 1}
    return unique | full | {fold_month(name): month for name, month in _SHORT.items()}


_MONTHS = _build()


def month_number(word: str) -> int | None:
    """1 to 12 for a month's name, or for a beginning of one of at least three letters that no other month shares."""
    return _MONTHS.get(fold_month(word))
