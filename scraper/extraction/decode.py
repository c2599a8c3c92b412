"""From bytes to text: which character set, and no character that a parser stumbles over.

The order is not the one of the standards. Pages that say GB2312 and are UTF-8, servers that say ISO-8859-1
for everything, and files saved from a browser under a stale label are common, while bytes that happen to be
valid UTF-8 and are meant as something else practically do not occur (WHATWG Encoding, "UTF-8 decode"; RFC 3629
§1: "the probability that a string of characters in any other encoding appears as valid UTF-8 is low").
So valid UTF-8 wins over every label.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

META_BYTES = 8192
"""How far a `<meta charset>` is believed, in bytes; browsers look at 1024, but real pages put scripts before it."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A superset stands for each label, as in the WHATWG Encoding Standard §4.2: pages that say gb2312 use characters
# of GB18030, and Python's own gb2312 reads the Chinese dash and dot as Japanese ones.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "shift_jis": "cp932",
    "cp932": "cp932",
    "euc_kr": "cp949",
    "cp949": "cp949",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
_ALIASES = {
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "x-x-big5": "big5hkscs",
    "unicode": "utf-8",
    "utf8": "utf-8",
}
_EAST_ASIAN = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")

# charset= in a meta element or an XML declaration; the attribute before it may be misspelt (httpequiv, http-equive).
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_BROKEN = "\ufffd"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_NOT_PRINTED = re.compile("[^\t\n\r -~\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
# The same in UTF-8, surrogates left out, and what numeric references to it begin with. To find out whether bytes can be
# deleted, and to search for patterns whose first byte many pages lack, takes a fraction of the time of the class.
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
_SUSPECTS = (
    (b"\xc2", re.compile(rb"\xc2[\x80-\x9f]")),
    (b"\xef", re.compile(rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")),
    (
        b"&",
        re.compile(
            rb"&#(?:0*(?:[12]?[0-9]|3[01]|12[7-9]|1[345][0-9])(?![0-9])|0*(?:5[5-9]|[6-9][0-9])[0-9]{3}|[0-9]{6}"
            rb"|[xX](?:0*(?:[1789]?[0-9a-fA-F])(?![0-9a-fA-F])|0*[dDfF][0-9a-fA-F]{3}|[0-9a-fA-F]{5}))"
        ),
    ),
)
_NUMERIC = re.compile(r"&#(?:x([0-9a-f]{1,9})|([0-9]{1,10}));?", re.I)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text."""

    text: str
    """Clean, as `clean` makes it; what did not fit stands as U+FFFD."""
    charset: str
    """Name of a Python codec."""
    utf8: bytes
    """The text in UTF-8, as the parser wants it; of a page that came so, the page as it came."""


def decode(data: bytes, http_charset: str | None = None) -> Decoded:
    """Decode a page; never raises.

    Args:
        data: the page as served, content coding undone.
        http_charset: charset of the Content-Type header, if there was one.
    """
    text, charset, is_utf8 = _decode(data, http_charset)
    if is_utf8 and _is_clean(data):
        return Decoded(text, charset, data)
    text = clean(text)
    return Decoded(text, charset, text.encode("utf-8", "replace"))


def clean(text: str) -> str:
    """The text without characters and character references that no document may have (HTML §13.2.3.5, XML §2.2).

    One `&#1;` makes lxml refuse a whole text later. References from 128 to 159 are read as windows-1252, which is
    what browsers do (HTML §13.2.5.80).
    """
    try:
        is_clean = _is_clean(text.encode())
    except UnicodeEncodeError:  # there are surrogates
        is_clean = False
    return text if is_clean else _without_forbidden(text)


def _is_clean(utf8: bytes) -> bool:
    return len(utf8.translate(None, _CONTROLS)) == len(utf8) and not any(
        first in utf8 and suspect.search(utf8) for first, suspect in _SUSPECTS
    )


def _without_forbidden(text: str) -> str:
    text = _NOT_PRINTED.sub(lambda match: " " if match[0] in "\x0c\x85" else "", text)
    return _NUMERIC.sub(_resolve, text) if "&#" in text else text


def declared_charset(data: bytes) -> str | None:
    """The codec that the page's own head names; None without a label or with an unknown one."""
    match = _DECLARED.search(data[:META_BYTES])
    return find_codec(match[1].decode("ascii", "replace")) if match else None


def find_codec(label: str | None) -> str | None:
    """The Python codec for a charset label, its superset where the label is used loosely; None for unknown labels."""
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Codecs such as rot13 or hex are no character sets.
    if not getattr(info, "_is_text_encoding", True):
        return None
    return _SUPERSETS.get(info.name.replace("-", "_"), _SUPERSETS.get(info.name, info.name))


def _decode(data: bytes, http_charset: str | None) -> tuple[str, str, bool]:
    """Text, character set, and whether the page is UTF-8 from its first byte to its last."""
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(charset, "replace"), charset, False
    if unmarked := _utf16_without_mark(data):
        return data.decode(unmarked, "replace"), unmarked, False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return *_decode_legacy(data, _labels(data, http_charset)), False
    if b"\x1b$" in data and "iso2022_jp" in _labels(data, http_charset):
        return data.decode("iso2022_jp", "replace"), "iso2022_jp", False
    return text, "utf-8", True


def _labels(data: bytes, http_charset: str | None) -> list[str]:
    return [codec for codec in (find_codec(http_charset), declared_charset(data)) if codec]


def _utf16_without_mark(data: bytes) -> str | None:
    start = data[:64]
    if start[:2] == b"<\x00" and start[3:4] == b"\x00":
        return "utf-16-le"
    if start[:2] == b"\x00<" and start[2:3] == b"\x00":
        return "utf-16-be"
    return None


def _decode_legacy(data: bytes, labels: list[str]) -> tuple[str, str]:
    as_utf8 = data.decode("utf-8", "replace")
    broken = as_utf8.count(_BROKEN)
    whole = len(_NOT_ASCII.findall(as_utf8)) - broken
    # Chinese in GBK read as UTF-8 gives about one whole character to ten broken ones; a cut or a foreign
    # snippet in a UTF-8 page gives the reverse.
    if broken * 4 <= whole or ("utf-8" in labels and broken <= 3):
        return as_utf8, "utf-8"
    # A single-byte label fits all bytes and is often the server's default: a multi-byte label that fits comes first.
    labels = [label for label in labels if label != "utf-8"]
    for label in sorted(labels, key=lambda label: label not in _EAST_ASIAN):
        text = data.decode(label, "replace")
        if label in _EAST_ASIAN or label.startswith("utf"):
            if text.count(_BROKEN) * 50 <= len(data) - len(text) + 50:
                return text, label
        elif not (label == "cp1252" and _looks_east_asian(data)):
            return text, label
    return _detect(data)


def _looks_east_asian(data: bytes) -> bool:
    """Whether most bytes above 127 stand in pairs and longer runs, which Western letters with accents do not."""
    high = sum(map(len, _HIGH_RUN.findall(data)))
    total = len(data) - len(data.translate(None, _HIGH_BYTES))
    return total >= 40 and high >= 0.8 * total


_HIGH_BYTES = bytes(range(128, 256))
_HIGH_RUN = re.compile(rb"[\x80-\xff]{4,}")
# Letters that make up a good part of any text of the script; what a wrong codec yields is rare characters.
_COMMON = {
    "gb18030": re.compile("[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出会可年发就对成，。]"),
    "big5hkscs": re.compile("[的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出會可年發就對成，。]"),
    "cp932": re.compile("[\u3040-\u30ff、。]"),
    "euc_jp": re.compile("[\u3040-\u30ff、。]"),
    "cp949": re.compile("[이다는을에의가한고하지로를은사기도서인자어리나시대있아부]"),
}


def _detect(data: bytes) -> tuple[str, str]:
    if _looks_east_asian(data):
        best: tuple[str, str] | None = None
        best_share = 0.05
        for charset, common in _COMMON.items():
            text = data.decode(charset, "replace")
            letters = len(_NOT_ASCII.findall(text))
            if text.count(_BROKEN) * 20 > letters:
                continue
            share = len(common.findall(text)) / letters
            if share > best_share:
                best, best_share = (text, charset), share
        if best:
            return best
    # Imported late: it is needed for few pages.
    from charset_normalizer import from_bytes

    sample = b" ".join(_HIGH_WORDS.findall(data))[:4000]
    guess = from_bytes(sample, steps=2, chunk_size=2000).best()
    guessed = (find_codec(guess.encoding) if guess else None) or "cp1252"
    charset = "cp1252" if guessed == "utf-8" else guessed
    return data.decode(charset, "replace"), charset


_HIGH_WORDS = re.compile(rb"[A-Za-z\x80-\xff ]*[\x80-\xff][A-Za-z\x80-\xff ]*")


def _resolve(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    if 128 <= code <= 159:
        return bytes([code]).decode("cp1252", "ignore")
    if code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF:
        return "" if code == 127 or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF else match[0]
    return " " if code == 12 else ""
