"""The words of a byline in languages that are written in letters: By, Rédigé par, Von unserer Korrespondentin, Teksti:.

The forms are those of newspapers from Portugal to Russia. What a word such as "text" means depends on what follows it:
"Text by" and "Text:" announce a writer, "Text size" does not.
"""

from __future__ import annotations

import re

from scraper.extraction.roles import BY_WORDS

_BY = "|".join(BY_WORDS)
_PICTURES = "(?:photos?|photography|photographs|pictures|images|illustrations|video|fotos?|bilder?|kuvat|zdjęcia)"
_DEED = (
    "(?:"
    # en
    r"(?:(?:this )?(?:post|article|story) (?:was )?)?(?:written|authored|contributed|submitted)|posted|published|"
    rf"reported|reporting|(?:story|words|text|report|article)(?:\s+(?:and|&)\s+{_PICTURES})?|review|analysis|opinion|"
    r"commentary|interview|guest (?:post|essay|column)|(?:an? )?(?:opinion piece|essay)|"
    # de
    r"(?:eine? )?(?:artikel|beitrag|gastbeitrag|gastkommentar|kommentar|analyse|reportage|bericht|kolumne|glosse|"
    r"rezension|leitartikel)|geschrieben|verfasst|"
    # fr
    r"(?:une? )?(?:article|enquête|analyse|chronique|récit|tribune)|écrit|rédigé|publié|posté|(?:propos )?recueillis?|"
    # es, pt, it
    r"escrit[oa]|publicad[oa]|redactad[oa]|redigid[oa]|scritto|pubblicato|a cura|"
    # nl, sv, da, no, pl, ro
    r"geschreven|gepubliceerd|skriven|publicerad|skrevet|publisert|napisane|opracowane|scris|publicat"
    ")"
)
_AFTER_DEED = f"(?:{_BY}|di|de|da)"
_LABEL = (
    rf"(?:(?:text|texte|texto|testo|tekst|teksti)(?:\s+(?:and|und|et|y|e|och|og|ja|i|&)\s+{_PICTURES})?|words|writers?|"
    r"contributors?|guest author|autorin|autoren|autori|автори|авторы|текст|interview|protokoll|kirjoittaja|toimittaja|"
    r"haber|yazan|szerző|írta|napisała?|opracowanie|skribent|journalist)"
)
"""Words of other labels too (Text size), which only a colon makes a byline's."""
_POST = (
    r"(?:(?:unser\w*|notre|nos|nuestr[oa]s?|nostr[oaie]|onze|vår|our)\s+(?:[a-zà-ÿ]+\s+)?"
    r"[\wà-ÿ-]*(?:korrespondent|redakteur|reporter|correspond|envoyé|inviat|corrispondent|corresponsal|enviad|redacteur|"
    r"verslaggever|redaktør)\w*(?:\s+(?:spéciale?|speciale|especial))?\s+)?"
)
"""Whose and what, between the word and the name: Von unserer Korrespondentin Jane Roe, dal nostro inviato Tom Alder."""

OPENING = re.compile(
    rf"^(?:(?i:{_DEED}\s+{_AFTER_DEED}|{_BY}|reviewed\s+by|dal|dalla)(?:\s*[:：]\s*|\s+)(?i:{_POST})|(?i:{_LABEL})\s*[:：]\s*"
    r"|By(?=[A-Z][a-z]))"
)
"""What a byline begins with, up to the first name."""

BYLINE = re.compile(
    # ByJane Roe: the space is often made by the style sheet.
    rf"^(?:(?i:{_DEED}\s+{_AFTER_DEED}|{_BY}|di)(?:\s*[:：]\s*|\s+)|By(?=[A-Z])|[Dd]al(?:la)?\s+(?=nostr)"
    rf"|(?i:{_LABEL})\s*[:：]\s*|Aus\s+[A-ZÄÖÜ][\w /-]{{2,30}}\s+(?:berichte[nt]|schreib(?:t|en))\s+)"
    rf"(?i:{_POST})(?=\S)(.{{2,160}})$"
)
"""A line that is a byline; the group is what the words announce."""

BY_ALONE = re.compile(rf"^(?:{_DEED}\s+{_AFTER_DEED}|{_BY}|di)\s*:?$", re.IGNORECASE)
"""A line of words only; the next one holds the name."""
