"""Which clock a page without an offset was printed by, and what letters such as CST mean there."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Countries with one clock, or where the press keeps the capital's. Without an entry nothing is assumed.
_BY_DOMAIN = {
    "cn": "Asia/Shanghai", "tw": "Asia/Taipei", "hk": "Asia/Hong_Kong", "mo": "Asia/Macau", "jp": "Asia/Tokyo",
    "kr": "Asia/Seoul", "sg": "Asia/Singapore", "my": "Asia/Kuala_Lumpur", "th": "Asia/Bangkok",
    "vn": "Asia/Ho_Chi_Minh", "ph": "Asia/Manila", "in": "Asia/Kolkata", "pk": "Asia/Karachi", "bd": "Asia/Dhaka",
    "lk": "Asia/Colombo", "np": "Asia/Kathmandu", "ir": "Asia/Tehran", "il": "Asia/Jerusalem", "tr": "Europe/Istanbul",
    "ae": "Asia/Dubai", "sa": "Asia/Riyadh", "de": "Europe/Berlin", "at": "Europe/Vienna", "ch": "Europe/Zurich",
    "li": "Europe/Vaduz", "fr": "Europe/Paris", "be": "Europe/Brussels", "nl": "Europe/Amsterdam",
    "lu": "Europe/Luxembourg", "it": "Europe/Rome", "es": "Europe/Madrid", "pt": "Europe/Lisbon", "uk": "Europe/London",
    "ie": "Europe/Dublin", "dk": "Europe/Copenhagen", "se": "Europe/Stockholm", "no": "Europe/Oslo",
    "fi": "Europe/Helsinki", "is": "Atlantic/Reykjavik", "ee": "Europe/Tallinn", "lv": "Europe/Riga",
    "lt": "Europe/Vilnius", "pl": "Europe/Warsaw", "cz": "Europe/Prague", "sk": "Europe/Bratislava",
    "hu": "Europe/Budapest", "si": "Europe/Ljubljana", "hr": "Europe/Zagreb", "rs": "Europe/Belgrade",
    "ba": "Europe/Sarajevo", "mk": "Europe/Skopje", "al": "Europe/Tirane", "gr": "Europe/Athens", "cy": "Asia/Nicosia",
    "bg": "Europe/Sofia", "ro": "Europe/Bucharest", "md": "Europe/Chisinau", "ua": "Europe/Kyiv", "by": "Europe/Minsk",
    "ru": "Europe/Moscow", "ge": "Asia/Tbilisi", "am": "Asia/Yerevan", "az": "Asia/Baku", "kz": "Asia/Almaty",
    "uz": "Asia/Tashkent", "za": "Africa/Johannesburg", "na": "Africa/Windhoek", "ke": "Africa/Nairobi",
    "ng": "Africa/Lagos", "gh": "Africa/Accra", "eg": "Africa/Cairo", "ma": "Africa/Casablanca", "tn": "Africa/Tunis",
    "dz": "Africa/Algiers", "et": "Africa/Addis_Ababa", "tz": "Africa/Dar_es_Salaam", "ug": "Africa/Kampala",
    "zw": "Africa/Harare", "ar": "America/Argentina/Buenos_Aires", "br": "America/Sao_Paulo", "cl": "America/Santiago",
    "pe": "America/Lima", "co": "America/Bogota", "ve": "America/Caracas", "uy": "America/Montevideo",
    "mx": "America/Mexico_City", "nz": "Pacific/Auckland",
}  # fmt: skip
_BY_LANGUAGE = {
    "zh": "Asia/Shanghai", "ja": "Asia/Tokyo", "ko": "Asia/Seoul", "de": "Europe/Berlin", "fr": "Europe/Paris",
    "it": "Europe/Rome", "nl": "Europe/Amsterdam", "da": "Europe/Copenhagen", "sv": "Europe/Stockholm",
    "no": "Europe/Oslo", "nb": "Europe/Oslo", "nn": "Europe/Oslo", "fi": "Europe/Helsinki", "is": "Atlantic/Reykjavik",
    "et": "Europe/Tallinn", "lv": "Europe/Riga", "lt": "Europe/Vilnius", "pl": "Europe/Warsaw", "cs": "Europe/Prague",
    "sk": "Europe/Bratislava", "hu": "Europe/Budapest", "sl": "Europe/Ljubljana", "hr": "Europe/Zagreb",
    "sr": "Europe/Belgrade", "el": "Europe/Athens", "bg": "Europe/Sofia", "ro": "Europe/Bucharest",
    "uk": "Europe/Kyiv", "ru": "Europe/Moscow", "tr": "Europe/Istanbul", "he": "Asia/Jerusalem", "fa": "Asia/Tehran",
    "hi": "Asia/Kolkata", "th": "Asia/Bangkok", "vi": "Asia/Ho_Chi_Minh",
}  # fmt: skip
_BY_REGION = {
    "tw": "Asia/Taipei", "hant": "Asia/Taipei", "hk": "Asia/Hong_Kong", "mo": "Asia/Macau", "sg": "Asia/Singapore",
    "gb": "Europe/London", "at": "Europe/Vienna", "ch": "Europe/Zurich", "br": "America/Sao_Paulo",
    "mx": "America/Mexico_City", "ar": "America/Argentina/Buenos_Aires", "in": "Asia/Kolkata", "ie": "Europe/Dublin",
    "za": "Africa/Johannesburg", "nz": "Pacific/Auckland",
}  # fmt: skip
_LETTERS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2,
    "SAST": 2, "EEST": 3, "MSK": 3, "TRT": 3, "PKT": 5, "IST": 5.5, "WIB": 7, "HKT": 8, "SGT": 8, "PHT": 8, "AWST": 8,
    "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "BRT": -3, "ART": -3,
}  # fmt: skip
_NAMED = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+\-−])\s?(\d{1,2}):?(\d\d)?\Z")


def named_zone(name: str) -> tzinfo | None:
    """The IANA zone of that name, or None where the system knows none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def assumed_zone(host: str | None, language: str | None) -> tzinfo | None:
    """The clock that a site most likely prints by: that of its top-level domain, else of its language; else None."""
    top = (host or "").rstrip(".").rsplit(".", 1)[-1].lower()
    parts = (language or "").lower().replace("_", "-").split("-")
    name = _BY_DOMAIN.get(top)
    if name is None:
        name = next((_BY_REGION[part] for part in reversed(parts[1:]) if part in _BY_REGION), None)
    if name is None and not (len(parts) > 1 and parts[0] in ("fr", "pt", "es", "nl") and parts[-1] != parts[0]):
        name = _BY_LANGUAGE.get(parts[0])
    return named_zone(name) if name else None


def printed_zone(text: str, *, is_chinese: bool) -> tzinfo | None:
    """The zone that an offset or letters behind a time say, or None for letters that are no zone.

    Args:
        text: such as +0800, GMT+8, Z, CEST, ET.
        is_chinese: whether CST is China's (+08:00) and not that of the American Midwest.
    """
    letters = text.strip().upper()
    if letters == "CST" and is_chinese:
        return timezone(timedelta(hours=8))
    if letters in _NAMED:
        return named_zone(_NAMED[letters])
    if letters in _LETTERS:
        hours = _LETTERS[letters]
        return timezone(timedelta(hours=hours)) if hours else UTC
    match = _OFFSET.match(letters)
    if match is None:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if offset > timedelta(hours=14) or int(match[3] or 0) > 59:
        return None
    return timezone(-offset if match[1] in "-−" else offset) if offset else UTC
