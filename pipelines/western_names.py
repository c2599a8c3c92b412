"""Names in a Western byline: By A and B, Agency; titles, posts and houses off. Pure functions."""

from __future__ import annotations

import re

from scraper.extraction.bylines import OPENING

__all__ = ["by_word", "is_house", "western_names"]

_SPLIT = re.compile(
    r"\s*(?:[;|•·⋅∙●◆‧/\n]|,(?!\s*(?:Jr|Sr|II|III|MD|PhD)\b)|&|\s\+\s)\s*"
    # A comma may stand before the last one too: Jane Roe, Tom Alder, and Ann Lee.
    r"(?:(?<=[,;]\s)(?:and|und|et|y|e|og|och|en|i|и|&)\s+)?"
    r"|\s+(?:and|und|et|y|e|og|och|ja|en|i|и|ve|with|avec|con|mit|met|med|AND|UND)\s+",
)
_DASH = re.compile(r"\s+-\s+|\s*[–—]\s*")
_CUT = re.compile(
    r"\s*(?:\(|\[|\d|@|https?:|www\.|\b(?:Updated|Published|Posted|Last|Aktualisiert|Stand|Publié|Mis|on|On|in|In|for|"
    r"For|from|is|auf|am|aus|Follow|"
    r"Read|Share|View|Contact|Tips|Email|About|Founder|says|minute|min|Photographs|Photos|Photography|Pictures|"
    r"Illustrations|Edited|Reviewed|Medically|Fact)\b"
    # Without a space where the markup alone parts them: Jane RoeUpdated: Feb 5.
    r"|(?<=[a-z])(?:Updated|Published|Posted|In|On|Founder|Follow)(?=\s?[A-Z:o ])).*$",
)
_TITLES = re.compile(r"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame|Rev|Professor|Doctor|Ing|Mag|Dipl)\.?\s+)+(?=[A-Z])")
_TITLED = re.compile(r"((?:Dr|Prof|Rev)\.? [A-Z][a-z'’-]{2,})$")
_DEGREES = re.compile(r"[\s,]+(?:MD|M\.D\.|PhD|Ph\.D\.?|RD|MS|MBA|RN|DDS|DVM|CFP|CPA|Esq\.?|MPH|M\.P\.H\.?)\.?\*?$")
_POST = frozenset(
    "master chief political senior deputy foreign defence defense business sports sport health science "
    "technology tech content staff royal entertainment associate assistant managing executive special world us "
    "uk eu news reporter editor correspondent writer journalist columnist director head producer contributor "
    "freelance photographer education environment crime court local national digital politics redakteur "
    "redakteurin korrespondent korrespondentin reporterin autorin journaliste correspondant correspondante "
    "redactor redactora periodista corresponsal giornalista bureau editor-in-chief ceo founder co-founder "
    "manager team lead video audience trends consumer money features social showbiz breaking live general "
    "expert analyst specialist strategist officer author host consultant engineer intern".split()
)
_HOUSE_WORDS = frozenset(
    "webmaster collective news redaktion redaction rédaction redacción redaccion redazione staff team desk "
    "editors editorial press agency agentur agence agencies agenturen newsroom media magazine online times post "
    "herald tribune gazette chronicle courier examiner guardian inquirer observer sentinel telegraph journal "
    "network tv radio university institute inc ltd gmbh llc group "
    "company blog center centre foundation association bureau office board council admin administrator "
    "contributor contributors guest editor webdesk correspondent newspaper zeitung nachrichten presse "
    "television broadcasting reporter reporters service services studio studios digital wire monitor report "
    "today daily weekly department ministry society club community support info contact subscribe login "
    "register share email comments anonymous ajansı ajans haber editörü".split()
)
_MANY = frozenset("team staff desk editors newsroom".split())
"""Last words of what is no person even where a name could stand in front: Fenmoor Garden Team."""
_AGENCIES = frozenset(
    "dpa afp ap reuters bloomberg pti ani ians efe ansa sda apa kna epd tass xinhua upi cnn bbc ntb tt ritzau "
    "aap belga anp lusa keystone sid dpa-infocom aa dha iha pap mti unian ria interfax yonhap "
    "kyodo jiji cp".split()
)
_PARTICLES = frozenset(
    "de van von der den del della di da dos das du la le el al bin bint ibn ten ter zu zum y e af av st st. mac "
    "o' vom und i".split()
)
_MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    "Nov(?:ember)?|Dec(?:ember)?"
)
# Tom May is a name; a month at the end of a longer part is what is left of a date.
_MONTH = re.compile(rf"\s+(?!May$)(?:{_MONTHS})\.?(?=\s\d|$)")
_NO_NAME_WORDS = frozenset(
    "full more about name size link view click see "
    "the a an with your our for to in on this that how what why code examples all more no not you we".split()
)
_WORD = re.compile(r"[^\W\d_][\w'’.\-]*\.?$")


def western_names(raw: str) -> list[str]:
    """The persons named in a byline, in order; an empty list where none is.

    One word is a name only where it stands alone or beside another such: Linny and Peter, but not the towns of
    a list with commas.
    """
    text = OPENING.sub("", raw.strip(), count=1)
    # A dash parts the writers from their post, house or place: Jane Roe — São Paulo.
    segments = _DASH.split(text)
    if len(segments) > 1:
        named = (names for segment in segments if (names := [one for one in western_names(segment) if " " in one]))
        return next(named, [])
    parts = [part for part in _SPLIT.split(text) if part]
    # What stands behind a date is a section, a reading time, the next thing of the page.
    dated = next((at for at, part in enumerate(parts) if at and re.search(r"\d", part)), len(parts))
    parts = parts[:dated]
    names = list(dict.fromkeys(name for name in map(_person, parts) if name))
    if len(parts) > 1 and not (len(parts) == len(names) == 2 and "," not in text):
        names = [name for name in names if " " in name]
    return names


def by_word(raw: str) -> str | None:
    """The words in front of the first name, such as By or Written by; None where none stand."""
    match = OPENING.match(raw.strip())
    return match[0].strip(" :") if match else None


def is_house(name: str) -> bool:
    """Whether a name is that of an agency, a desk, a site or another organization."""
    words = re.findall(r"[\w'’]+", name.casefold())
    if not words or re.search(r"\w\.(?:com|net|org|de|at|ch|fr|es|it|co|tv|tr|is|info|uk|news|io)\b", name.casefold()):
        return True
    return len(words) <= 5 and (words[0] in _AGENCIES or words[-1] in _AGENCIES or not _HOUSE_WORDS.isdisjoint(words))


def _person(part: str) -> str | None:
    text = OPENING.sub("", part.strip(" .,:;|*\"'“”-"), count=1)
    text = _TITLES.sub("", _MONTH.split(_CUT.sub("", text))[0]).strip(" .,:;|*-")
    text = _DEGREES.sub("", _DEGREES.sub("", text)).strip()
    words = text.split()
    if len(words) == 1 and (titled := _TITLED.match(part.strip())):
        return titled[1]  # Dr. Allen: without the title the family name would be a first name
    if words and words[-1].casefold() in _MANY:
        return None
    for index, word in enumerate(words):
        if index >= 2 and word.casefold().strip(",.") in _POST:
            words = words[:index]
            break
    text = " ".join(words)
    if not 1 <= len(words) <= 6 or len(text) < 3 or len(text) > 60 or is_house(text):
        return None
    if not all(_WORD.match(word) for word in words):
        return None
    capitals = [word for word in words if word.casefold() not in _PARTICLES]
    # Das and Al are family names too, where they are written as one.
    if words[-1] in _PARTICLES or not capitals:
        return None
    if not all(word[0].isupper() or not word[0].islower() for word in capitals):
        return None
    if (
        words[-1].casefold() in _POST
        or words[0].casefold() in _POST
        or not _NO_NAME_WORDS.isdisjoint(word.casefold() for word in words[:-1] or words)
    ):
        return None
    # Two words glued by the markup: Wedding ChecklistsJust Engaged; but McKay, DeLuca, LeBron.
    if any(re.search(r"[a-z]{4,}[A-Z]", word) for word in words):
        return None
    # One word is a first name or a login: a login is not capitalized, or not only at its start.
    if len(words) == 1 and not (words[0][1:].islower() and len(words[0]) >= 3):
        return None
    return text
