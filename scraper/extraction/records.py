"""Registrations and hotlines that a Chinese page prints about its site: ICP, 公安备案, licences, 举报."""

from __future__ import annotations

import re

from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.view import PageView

_PATTERNS: dict[str, re.Pattern[str]] = {
    "icp": re.compile(r"[\u4e00-\u9fff]ICP[备证備證]\s?\d{5,10}号?(?:-\d{1,3})?", re.IGNORECASE),
    "public_security": re.compile(r"[\u4e00-\u9fff]公[网網]?安[备備]\s?\d{8,16}号?"),
    "news_license": re.compile(
        r"(?:互联网新闻信息服务许可证|国新网许可证|新闻信息服务许可证)(?:编号|号)?\s?[:：]?\s?[(（]?\s?((?:国新网)?[\d-]{6,20})"
    ),
    "broadcast_license": re.compile(
        r"(?:信息网络传播视听节目|网上传播视听节目|视听节目)许可证(?:编号|号)?\s?[:：]?\s?[(（]?\s?(?:许可证号[:：])?(\d{6,10})"
    ),
    "report_phone": re.compile(r"举报(?:热线|电话|热线电话)\s?[:：]?\s?(\d[\d\s-]{4,18}\d)"),
    "report_email": re.compile(r"举报(?:邮箱|信箱|电子邮箱)\s?[:：]?\s?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)"),
}
_HINTS = ("icp", "公", "许可证", "举报")
"""One of these, in small letters, stands in whatever the patterns find; most lines have none."""
# An address or a number may follow behind a second one: 举报电话：0796-1 举报邮箱：a@b.


def read_records(view: PageView, reading: PageReading) -> None:
    """Add site_records candidates: `label` is the kind, `raw` the value; each value once."""
    seen: set[tuple[str, str]] = set()
    for line in view.lines:
        text = line.text.lower()
        if not any(hint in text for hint in _HINTS):
            continue
        for kind, pattern in _PATTERNS.items():
            for match in pattern.finditer(line.text):
                value = " ".join((match[1] if pattern.groups else match[0]).split())
                if (kind, value) in seen:
                    continue
                seen.add((kind, value))
                reading.add(
                    "site_records",
                    Candidate(raw=value, method="label", locator=f"line {line.index}", confidence=0.95, label=kind),
                )
