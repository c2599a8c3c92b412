"""Who wrote it, who answers for it, who else is named: authors, responsible editors, credits.

An editor is never an author, and neither is an agency, a site, a column or a login. On Chinese pages what is
printed wins and the meta author is not used at all; elsewhere structured data and the printed byline are weighed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pipelines.draft import Draft
from pipelines.names import Person, parse_people
from scraper.article import EDITOR_ROLES, WRITER_ROLES, Credit, Role, writers
from scraper.extraction.givennames import is_full_name, is_given_name
from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.roles import role_of

_PRINTED = ("label", "byline", "dateline", "template")
_STRUCTURED = ("jsonld", "microdata", "embedded", "meta")
_ARTICLE = re.compile(r"(?:the|le|la|les|l|el|los|il|der|die|das|de|het|o|a)\b", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LOGIN = re.compile(r"[A-Za-z][\w.-]{1,19}$")
_INVERTED = re.compile(r"citation_author|dc(?:terms)?[.:]creator|\(Person\)", re.IGNORECASE)

_AGREED = 0.95
_ALONE = {"jsonld": 0.85, "meta": 0.8, "microdata": 0.75}
_PRINTED_ALONE = 0.7
MAX_COMPARED = 20
_SURE = 0.7
"""What stands in microdata outside of an article's scope is less sure than this."""

_BYLINE_ROLES = WRITER_ROLES | {"correspondent"}
"""Roles that a byline names; who of them counts as author is decided by `writers`."""

Found = list[tuple[Person, Candidate]]


def normalize_people(draft: Draft) -> None:
    """Fill `authors`, `responsible_editors` and `credits`, with the evidence of the first of each."""
    reading = draft.reading
    written = _chinese_writers(reading) if is_chinese(reading) else _western_writers(reading, _houses(draft))
    others = [
        (person, candidate)
        for candidate in reading.candidates.get("credit", [])
        for person in _with_label(parse_people(candidate.raw, _role(candidate, "photographer")), candidate)
    ]
    editors = [
        (person, candidate) for candidate in reading.candidates.get("editor", []) for person in _editors(candidate)
    ]
    article = draft.article
    named = _unique([*written, *editors, *others])
    article.credits = [
        Credit(name=person.name, role=person.role, role_raw=person.role_raw, affiliation=person.affiliation)
        for person, _ in named
    ]
    article.authors = list(dict.fromkeys(credit.name for credit in writers(article.credits)))
    article.responsible_editors = list(dict.fromkeys(person.name for person, _ in named if person.role in EDITOR_ROLES))
    if not article.responsible_editors:
        _print_login(draft)
    for field_name, names in (
        ("authors", article.authors),
        ("responsible_editors", article.responsible_editors),
        ("credits", [credit.name for credit in article.credits]),
    ):
        proof = next((candidate for person, candidate in named if person.name in names), None)
        if proof:
            is_western = field_name == "authors" and not is_chinese(reading)
            draft.prove(field_name, proof, _agreement(names, proof, reading) if is_western else None)


def _agreement(names: list[str], proof: Candidate, reading: PageReading) -> float:
    """How sure the authors of a page in letters are: surer where several kinds of places name one of them."""
    wanted = {_key(name) for name in names}
    methods = {
        candidate.method
        for candidate in reading.candidates.get("author", [])[:MAX_COMPARED]
        if wanted & {_key(person.name) for person in parse_people(candidate.raw, "author")}
    }
    return _AGREED if len(methods) > 1 else min(_ALONE.get(proof.method, _PRINTED_ALONE), proof.confidence + 0.2)


def is_chinese(reading: PageReading) -> bool:
    """Whether the text is Chinese: Han characters, hardly any kana."""
    sample = "".join(block.text for block in reading.blocks[:6])[:1500] or "".join(reading.head)
    han = len(re.findall(r"[\u4e00-\u9fff]", sample))
    kana = len(re.findall(r"[\u3040-\u30ff]", sample))
    return han > 0.3 * len(sample) and kana < 0.05 * len(sample)


def _role(candidate: Candidate, default: Role) -> Role:
    return role_of(candidate.label or "") or default


def _with_label(people: list[Person], candidate: Candidate) -> list[Person]:
    """A role word that stands in the label and not in the raw string: By, Photo by."""
    return [person if person.role_raw else replace(person, role_raw=candidate.label) for person in people]


def _editors(candidate: Candidate) -> list[Person]:
    label = candidate.label or ""
    role: Role = "responsible_editor" if label.startswith(("责", "責")) else "editor"
    # The label itself is no role word to be read again: 新民网编辑 would leave its house behind.
    value = candidate.raw.removeprefix(label).lstrip(" :：|｜")
    return [
        Person(p.name, role, label or None, p.affiliation) for p in parse_people(value, role) if p.role in EDITOR_ROLES
    ]


def _print_login(draft: Draft) -> None:
    """责任编辑：robot names nobody. The list keeps what is printed, so that the page can be found by it."""
    for candidate in draft.reading.candidates.get("editor", []):
        value = candidate.raw.removeprefix(candidate.label or "").strip(" :：|｜")
        if _LOGIN.match(value):
            draft.article.responsible_editors = [value]
            draft.prove("responsible_editors", candidate, 0.3)
            return


def _unique(found: Iterable[tuple[Person, Candidate]]) -> Found:
    first: dict[tuple[str, str], tuple[Person, Candidate]] = {}
    for person, candidate in found:
        # 作者 and 记者 of one person are one credit; the more telling word, the later one, stands.
        group = "writer" if person.role in _BYLINE_ROLES else "editor" if person.role in EDITOR_ROLES else person.role
        key = (person.name.casefold(), group)
        if key not in first or (first[key][0].role in ("author", "editor") and person.role not in ("author", "editor")):
            first[key] = (person, first[key][1] if key in first else candidate)
    return list(first.values())


def _chinese_writers(reading: PageReading) -> Found:
    found: Found = []
    for candidate in reading.candidates.get("author", []):
        if candidate.method not in _PRINTED:
            continue
        role = _role(candidate, "author")
        people = parse_people(candidate.raw, role, labelled=candidate.label is not None)
        # （图片由张三提供） and other roles inside a byline are kept with their role.
        found += [(person, candidate) for person in people]
    if any(person.role in _BYLINE_ROLES for person, _ in found):
        return _without_the_editor(found, reading)
    for candidate in reading.candidates.get("author", []):
        if candidate.method in ("jsonld", "microdata") and candidate.confidence > 0.4:
            found += [(person, candidate) for person in parse_people(candidate.raw, "author", labelled=False)]
    return found


def _without_the_editor(found: Found, reading: PageReading) -> Found:
    """Drop a 作者 of the info line who is its 责任编辑 too, where another place names a writer: a CMS fills both."""
    editors = {person.name for candidate in reading.candidates.get("editor", []) for person in _editors(candidate)}
    by_label = {person.name for person, candidate in found if candidate.method == "label"}
    elsewhere = {person.name for person, candidate in found if person.role in _BYLINE_ROLES} - (by_label & editors)
    elsewhere |= {person.name for person, candidate in found if candidate.method != "label"}
    if not elsewhere:
        return found
    return [(p, c) for p, c in found if not (c.method == "label" and p.name in editors and p.name not in elsewhere)]


def _western_writers(reading: PageReading, houses: set[str]) -> Found:
    candidates = reading.candidates.get("author", [])

    houses = houses - _own_names(candidates)

    def read(methods: tuple[str, ...]) -> Found:
        return [
            (person, candidate)
            for candidate in candidates
            if candidate.method in methods and "(Organization)" not in (candidate.locator or "")
            for person in _with_label(parse_people(_spelt(candidate), "author"), candidate)
            if not _is_own(person.name, houses)
        ]

    declared: Found = []
    for method in _STRUCTURED:
        found = read((method,))
        # Microdata of other articles on the page stand outside the scope of this one and are less sure.
        best = max((candidate.confidence for _, candidate in found), default=0.0)
        found = [
            (person, candidate) for person, candidate in found if method != "microdata" or candidate.confidence >= best
        ]
        # One place often names only the first of those whom another names.
        if {_key(person.name) for person, _ in declared} < {_key(person.name) for person, _ in found}:
            declared = found
    printed = read(_PRINTED)
    if (editors := _printed_editors(reading)) and (writer := _beside_editors(declared, printed, editors)):
        return writer
    names = {_key(person.name) for person, _ in declared}
    bylines = _bylines(printed)
    words = {_key(person.name): person.role_raw for person, _ in printed if person.role_raw}
    declared = [(replace(person, role_raw=words.get(_key(person.name))), candidate) for person, candidate in declared]
    if not declared:
        # Where a house or a login is declared, a name without a label has to be known as one.
        is_known = any(candidate.method in _STRUCTURED for candidate in candidates)
        sure = (one for one in bylines if not is_known or one[0][1].confidence >= 0.75 or is_full_name(one[0][0].name))
        return next(sure, []) or _lone_box(printed)
    explicit = next((byline for byline in bylines if byline[0][1].label and byline[0][1].confidence >= 0.8), [])
    is_printed = not names.isdisjoint(_key(person.name) for byline in bylines for person, _ in byline)
    if (
        not is_printed
        and (declared[0][1].method == "meta" or declared[0][1].confidence < _SURE)
        and any(" " in person.name for person, _ in explicit)
    ):
        printed_names = {_key(person.name) for person, _ in explicit}
        if not printed_names <= names:
            return explicit
    # A byline may name more than the one author whom the head of the page declares.
    for byline in bylines:
        if {_key(person.name) for person, _ in byline} == names:
            break  # a less sure one is that of another article
        if (
            byline[0][1].confidence >= 0.6
            and (len({id(candidate) for _, candidate in byline}) == 1 or byline[-1][1].confidence >= 0.75)
            and names < {_key(person.name) for person, _ in byline}
        ):
            return byline
    return declared


def _spelt(candidate: Candidate) -> str:
    """The string of a candidate as names are printed.

    Highwire and Dublin Core tags put the family name in front (Roe, Jane), and some systems declare a full name in
    small letters (jane roe).
    """
    words = candidate.raw.split()
    if len(words) == 2 and words[0].endswith(",") and _INVERTED.search(candidate.locator or ""):
        return f"{words[1]} {words[0][:-1]}"
    if candidate.method in _STRUCTURED and 2 <= len(words) <= 3 and candidate.raw.islower() and is_given_name(words[0]):
        return " ".join(word.capitalize() for word in words)
    return candidate.raw


def _bylines(printed: Found) -> list[Found]:
    """The printed names by the line they stand in, the surest line first; a single word only where it is sure.

    A name in Han characters is no single word: 佐藤花子 in brackets signs a Japanese article.
    """
    places: dict[str, Found] = {}
    for person, candidate in printed:
        is_whole = " " in person.name or _HAN.match(person.name) is not None
        if candidate.confidence >= (0.5 if is_whole else 0.85):
            places.setdefault((candidate.locator or "").split(",")[0], []).append((person, candidate))
    return sorted(places.values(), key=lambda found: found[0][1].confidence, reverse=True)


def _printed_editors(reading: PageReading) -> set[str]:
    return {_key(person.name) for candidate in reading.candidates.get("editor", []) for person in _editors(candidate)}


def _beside_editors(declared: Found, printed: Found, editors: set[str]) -> Found:
    """The byline of a page that declares its printed editor as author; empty where it names nobody else."""
    if not declared or not all(_key(person.name) in editors for person, _ in declared):
        return []
    others = ([one for one in byline if _key(one[0].name) not in editors] for byline in _bylines(printed))
    return next((byline for byline in others if byline), [])


def _lone_box(printed: Found) -> Found:
    """The full name that stands as the writer's behind the text (About the author), where only one such name does."""
    full = [(person, candidate) for person, candidate in printed if is_full_name(person.name)]
    return full[:1] if len({_key(person.name) for person, _ in full}) == 1 else []


def _own_names(candidates: list[Candidate]) -> set[str]:
    """Names of persons whose site bears their name.

    They begin with a given name, or are declared and printed as the writer, and are no house by their words.
    """
    declared, printed = (
        {
            _key(person.name)
            for candidate in candidates
            if candidate.method in methods and "(Organization)" not in (candidate.locator or "")
            for person in parse_people(candidate.raw, "author")
            if 2 <= len(person.name.split()) <= 3 and not _ARTICLE.match(person.name)
        }
        for methods in (_STRUCTURED, _PRINTED)
    )
    persons = {
        _key(person.name)
        for candidate in candidates
        if "(Organization)" not in (candidate.locator or "")
        for person in parse_people(_spelt(candidate), "author")
        if is_full_name(person.name)
    }
    return (declared & printed) | persons


def _is_own(name: str, houses: set[str]) -> bool:
    """Whether a name is the site's own, or one word that the site's name begins with.

    A given name is none: Tom of Tom's Coffee Corner signs his articles so.
    """
    key = _key(name)
    is_word = " " not in name and not is_given_name(name)
    return key in houses or (is_word and any(house.startswith(key) for house in houses))


def _key(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def _houses(draft: Draft) -> set[str]:
    """Names that are the site's own: publisher, its domain, sections."""
    names = [
        candidate.raw for field in ("publisher", "section") for candidate in draft.reading.candidates.get(field, [])
    ]
    publisher = draft.article.publisher
    if publisher:
        names += [publisher.name or "", publisher.domain or "", (publisher.domain or "").split(".")[0]]
    return {_key(name) for name in names if name}
