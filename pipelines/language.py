"""The language of the text, as a BCP 47 tag."""

from __future__ import annotations

import re

from pipelines.draft import Draft
from pipelines.languagemodel import tell_language
from scraper.extraction.reading import Candidate
from scraper.urls import host_of

_TAG = re.compile(r"^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_.@].*)?$", re.I)
# A script that decides the language, or the languages that are written in it.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]+"), 0.1),
    ("ko", re.compile(r"[\uac00-\ud7af]+"), 0.3),
    ("zh", re.compile(r"[\u4e00-\u9fff]+"), 0.3),
    ("el", re.compile(r"[\u0370-\u03ff]+"), 0.3),
    ("he", re.compile(r"[\u0590-\u05ff]+"), 0.3),
    ("th", re.compile(r"[\u0e00-\u0e7f]+"), 0.3),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]+"), 0.3),
    ("arabic", re.compile(r"[\u0600-\u06ff]+"), 0.3),
    ("indic", re.compile(r"[\u0900-\u0dff]+"), 0.3),
)
_WRITTEN_IN = {
    "cyrillic": frozenset("ru uk be bg sr mk kk ky mn tg tt ba ce".split()),
    "arabic": frozenset("ar fa ur ps ku ug sd".split()),
    "indic": frozenset("hi mr ne bn pa gu or ta te kn ml si as sa".split()),
}
_SIMPLIFIED = re.compile("[们这来个时会国说为对学过发后动现进种经问题员关长门间见车东马业]")
_TRADITIONAL = re.compile("[們這來個時會國說為對學過發後動現進種經問題員關長門間見車東馬業]")
_CHINESE = frozenset({"zh", "cmn", "wuu", "yue", "gan", "hak", "nan", "chi", "zho"})
_SAMPLE = 2000
"""Characters that are looked at."""


def normalize_language(draft: Draft) -> None:
    """Fill `language`: what the page says where the text does not contradict it, else what the text looks like."""
    article = draft.article
    sample = (article.text or " ".join(block.text for block in draft.reading.blocks))[:_SAMPLE]
    if not sample.strip():
        return
    claims = sorted(draft.reading.candidates.get("language", []), key=lambda claim: -claim.confidence)
    host = host_of(draft.reading.url or "")
    for claim in claims:
        tag = read_tag(claim.raw)
        if tag and fits_script(tag, sample) and (claim.confidence >= 0.6 or detect(sample) == tag.split("-")[0]):
            article.language = tag if tag.split("-")[0] != "zh" else chinese_tag(tag, sample, host)
            draft.prove("language", claim)
            return
    profile = draft.profile
    if profile and profile.language and fits_script(profile.language, sample):
        article.language = profile.language
        proof = Candidate(raw=profile.language, method="template", locator=f"profile {profile.name}", confidence=0.8)
        draft.prove("language", proof)
        return
    language = detect(sample)
    article.language = chinese_tag("zh", sample, host) if language == "zh" else language
    draft.prove("language", Candidate(raw=sample[:40], method="text", locator="py3langid", confidence=0.7))


def read_tag(raw: str) -> str | None:
    """A printed language as a BCP 47 tag: zh_CN, ZH-cn, zh-Hans-CN.UTF-8; None for what is none.

    >>> read_tag("en_us")
    'en-US'
    """
    match = _TAG.match(raw.strip())
    if match is None:
        return None
    language, script, region = match.groups()
    language = "zh" if language.lower() in _CHINESE else language.lower()
    return "-".join(filter(None, (language, script and script.title(), region and region.upper())))


def fits_script(tag: str, text: str) -> bool:
    """Whether a text can be in a language, by its letters alone; True where letters do not tell."""
    language = tag.split("-")[0]
    script = script_of(text)
    if script is None:
        return language not in ("zh", "ja", "ko", "el", "he", "th", "ru", "uk", "ar", "fa")
    return language in _WRITTEN_IN.get(script, {script})


def script_of(text: str) -> str | None:
    """The language or the script that the letters show; None for Latin and what is not told apart."""
    if text.isascii():
        return None
    letters = sum(map(str.isalpha, text)) or 1
    for name, run, share in _SCRIPTS:
        if sum(map(len, run.findall(text))) > share * letters:
            return name
    return None


def detect(text: str) -> str:
    """ISO 639-1 code of a text's language: by its script where that decides, else by py3langid."""
    script = script_of(text)
    if script is not None and script not in _WRITTEN_IN:
        return script
    language = tell_language(text)
    return "zh" if language in _CHINESE else language


def chinese_tag(tag: str, text: str, host: str) -> str:
    """zh-CN, zh-TW, zh-HK …: the page's own region where it fits the characters, else by characters and host."""
    traditional, simplified = len(_TRADITIONAL.findall(text)), len(_SIMPLIFIED.findall(text))
    is_traditional = traditional > simplified
    region = next((part for part in tag.split("-")[1:] if part in ("CN", "TW", "HK", "MO", "SG", "MY")), None)
    if region is not None and is_traditional == (region in ("TW", "HK", "MO")):
        return f"zh-{region}"
    if not is_traditional:
        return "zh-SG" if host.endswith(".sg") else "zh-CN"
    return "zh-HK" if host.endswith(".hk") else "zh-MO" if host.endswith(".mo") else "zh-TW"
