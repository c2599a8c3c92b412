"""What kind of page this is: an article, or which of the others.

An article has a body, and mostly something that articles have: a source, an editor, a byline, a time beside the
headline, structured data that calls it an article. The more of it, the less a single sign to the contrary counts.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from scraper.discovery.listings import is_archive
from scraper.extraction.lines import Line, width
from scraper.extraction.reading import Kind, PageReading
from scraper.extraction.titlekeys import title_key
from scraper.extraction.view import PageView
from scraper.reasons import Reason

SHORT = 450
"""Below this amount of body text (letters, a Chinese sign counts three) a page must show signs of an article."""
VERY_SHORT = 60
LONG_HEADLINE = 30

Verdict = tuple[Kind, Reason, str]

_ERROR = re.compile(
    r"(?:^|\b)(?:404|410)(?:\b|$)|(?:页面|頁面|网页|網頁|文章|内容|信息|稿件|新闻)[^，。]{0,8}(?:不存在|已(?:被)?(?:删除|刪除|移除|下线|过期)|找不到|无法找到)|"
    r"(?:找不到|未找到|没有找到)(?:您|你)?[^，。]{0,10}(?:页面|頁面|网页|文章|内容)|出错了|访问出错|抱歉，[^。]{0,20}(?:不存在|删除|找不到)|"
    r"(?:page|article|story|content)[^.]{0,30}(?:not found|no longer (?:available|exists?)|does(?:n['’]t"
    r"| not) exist|(?:has been|was) (?:removed|deleted))|not found|"
    r"(?:seite|page|página|pagina|страница)[^.]{0,20}(?:nicht gefunden|introuvable|no encontrada|não encontrada"
    r"|non trovata|не найдена)",
    re.I,
)
_SEARCH_TITLE = re.compile(
    r"搜索(?:结果)?|搜尋(?:結果)?|检索结果|站内搜索|search(?: results?)?\b|suchergebnis|résultats de recherche"
    r"|検索結果",
    re.I,
)
_SEARCH_PART = re.compile(
    r"搜索结果|搜尋結果|检索结果|search results|suchergebnisse?|résultats de recherche|検索結果", re.I
)
_SEARCH_LINE = re.compile(
    r"(?:找到|共有?|约有?|搜索到|为您找到)[^，。]{0,16}\d+\s*(?:条|個|个|篇|项)|\d+ (?:search )?results?\b|相关结果",
    re.I,
)
_SEARCH_KEYS = frozenset("q wd query keyword keywords kw search searchword s searchtext".split())
_GALLERY = re.compile(
    r"高清图|图集|组图|圖集|幻灯|图片频道|图片中心|全屏观看|查看原图|上一张|下一张|快速翻页|播放图片|"
    r"photo ?gallery|slide ?show|bildergalerie|fotostrecke|diaporama|galería de fotos|\b\d{1,3} photos\b",
    re.I,
)
_COUNTER = re.compile(r"(?:^|[\s(（])\d{1,3}\s?/\s?\d{1,3}(?:[\s)）]|$)")
_FORUM = re.compile(r"论坛|論壇|贴吧|社区|bbs|forum|discuz|phpbb|vbulletin|微博|weibo|问答|知乎", re.I)
_FORUM_LINE = re.compile(
    r"^(?:发表于|發表於|楼主|沙发|板凳|\d+楼|回复|引用|转发|只看该作者|post(?:ed)? (?:by|#)|reply|quote)|发表回复"
    r"|快速发帖|转发\|收藏"
    r"|powered by (?:discuz|phpbb|vbulletin)",
    re.I,
)
_WIKI_EDIT = re.compile(r"^[\[【]?\s?(?:编辑|編輯|edit(?: source)?|bearbeiten|modifier|править)\s?[\]】]?$", re.I)
_EDITION_LINE = re.compile(
    r"^第?\s?[A-Z]?\d{1,3}\s?版(?:[:：\s]|$)|^[A-Z]?\d{2}版[:：]|^版面(?:导航|目录)|^本版(?:新闻|导读|标题)|^往期(?:报纸|回顾)"
)
_SERVICE = re.compile(
    r"^(?:关于(?:我们|本站|本网)|關於我們|联系(?:我们|方式)|聯絡我們|广告(?:服务|刊例)|版权(?:声明|申明)|法律声明|隐私(?:政策|声明)|网站地图|诚聘英才|加入我们|"
    r"about(?: us)?|contact(?: us)?|imprint|impressum|privacy(?: policy)?|terms(?: of (?:use|service))?"
    r"|datenschutz|mentions légales|advertise with us)$",
    re.I,
)
_TITLE_PARTS = re.compile(r"\s*(?:[_|｜–—]|-{1,2}|\s-\s|·)\s*")


def judge_kind(view: PageView, reading: PageReading) -> None:
    """Set `reading.kind`, and `reading.reason` and `reading.detail` where the page is no article."""
    verdict = _judge(view, reading)
    if verdict is None:
        reading.kind, reading.reason, reading.detail = "article", None, None
    else:
        reading.kind, reading.reason, reading.detail = verdict


def _judge(view: PageView, reading: PageReading) -> Verdict | None:
    size = sum(width(block.text) for block in reading.blocks)
    if not view.lines and not size:
        return "other", Reason.EMPTY, "nothing is printed on the page"
    signs = _article_signs(view, reading)
    texts = [line.text for line in view.lines]
    window = (view.tree.findtext(".//title") or "").strip()
    headline = texts[view.headline] if view.headline is not None else ""
    if size < SHORT and (line := _find(_ERROR, [window, headline, *_main_lines(view)])):
        return "error", Reason.SOFT_404, f"the page says {line!r}"
    if _SERVICE.match(headline) or _SERVICE.match(_TITLE_PARTS.split(window)[0]):
        return "other", Reason.SITE_INFO, f"a page about the site itself: {headline or window}"
    edits = sum(bool(_WIKI_EDIT.match(text)) for text in texts)
    if edits >= 4:
        return "other", Reason.NO_TEXT, f"an encyclopedia or wiki: {edits} links to edit a section"
    if signs < 2 and (verdict := _judge_talk(texts, window)):
        return verdict
    if signs < 2 and (verdict := _judge_list(view, reading, window, size, signs)):
        return verdict
    if size < SHORT and (verdict := _judge_pictures(view, texts, window, size)):
        return verdict
    if size < VERY_SHORT or (size < SHORT and not signs and view.headline is None):
        return _no_body(view, size)
    return None


def _article_signs(view: PageView, reading: PageReading) -> int:
    """How many kinds of things that only articles have the page shows."""
    found = reading.candidates
    signs = sum(bool(found.get(name)) for name in ("source", "editor"))
    signs += any(candidate.method in ("byline", "dateline", "label", "jsonld") for candidate in found.get("author", []))
    dates = found.get("date_published", [])
    signs += any(candidate.method in ("jsonld", "microdata", "meta", "comment") for candidate in dates)
    signs += bool(view.headline is not None and any(candidate.method in ("label", "text") for candidate in dates))
    signs += any(candidate.method in ("jsonld", "microdata") for candidate in found.get("title", []))
    # The name of a section is short.
    signs += view.headline is not None and width(view.lines[view.headline].text) >= LONG_HEADLINE
    return signs


def _judge_list(view: PageView, reading: PageReading, window: str, size: int, signs: int) -> Verdict | None:
    headlines = [line for line in view.lines if line.is_linked_title and width(line.text) >= 24]
    if _is_search(view, reading, window, headlines):
        return "search", Reason.SEARCH, "search results"
    is_root = urlsplit(view.url or "").path.strip("/") in ("", "index.html", "index.htm", "index.shtml", "index.php")
    if (
        not is_root
        and size < 2 * SHORT
        and (editions := [line.text for line in view.lines if _EDITION_LINE.match(line.text)])[2:]
    ):
        return "edition", Reason.EDITION, f"an edition's pages are listed: {editions[0]}, {editions[1]} …"
    links = {line.text for line in view.lines if line.link_share > 0.7}
    listed = sum(block.text in links for block in reading.blocks)
    # Few links are a list where nothing else is there: a day of an archive on which one or two articles came out.
    if (listed >= 5 and listed * 3 > len(reading.blocks) * 2) or 0 < listed == len(reading.blocks):
        return "listing", Reason.LISTING, f"{listed} link{'' if listed == 1 else 's'} where the body should be"
    linked = sum(width(line.text) for line in headlines)
    teasers = _teasers(view)
    # Teasers of a home page stand one by one between their links; an article is a run of text.
    has_story = _longest_run(view) >= SHORT
    is_bare = (len(headlines) >= 8 and linked > 2 * size) or (not size and len(headlines) >= 5)
    # A section has a heading too, and a day of an archive may have a single teaser.
    are_teasers = teasers >= 4 and (view.headline is None or not signs)
    if (is_bare and not has_story) or are_teasers or (teasers and is_archive(view.url or "")):
        detail = f"{len(headlines)} linked headlines, {size} letters of text"
        if is_root:
            return "section", Reason.SECTION, detail
        return "listing", Reason.LISTING, detail
    return None


def _is_search(view: PageView, reading: PageReading, window: str, headlines: list[Line]) -> bool:
    keys = {key.lower() for key, value in parse_qsl(urlsplit(view.url or "").query) if value}
    says = bool(_SEARCH_TITLE.search(window)) + any(_SEARCH_LINE.search(line.text[:200]) for line in view.lines[:80])
    if any(_SEARCH_PART.fullmatch(part) for part in _TITLE_PARTS.split(window)[1:]):
        return True
    return says + bool(keys & _SEARCH_KEYS) >= 2 or (says > 0 and len(headlines) >= 5 and not reading.blocks)


def _teasers(view: PageView) -> int:
    """How many paragraphs of the body stand right under a linked headline of their own: the form of a listing."""
    count = 0
    for index in view.body_lines:
        above = view.lines[max(0, index - 2) : index]
        count += any(line.link_share > 0.9 and width(line.text) >= 15 for line in above)
    return count if count * 2 >= len(view.body_lines) else 0


def _longest_run(view: PageView) -> int:
    """Most text that stands in the body without a line of links in between, in letters."""
    longest = run = 0
    previous: int | None = None
    for index in view.body_lines:
        line = view.lines[index]
        if line.link_share > 0.5 or line.is_linked_title or (previous is not None and index > previous + 1):
            run = 0
        run += width(line.text) if line.link_share <= 0.5 else 0
        longest, previous = max(longest, run), index
    return longest


def _judge_talk(texts: list[str], window: str) -> Verdict | None:
    """Forums and micro blogs: texts, but no news."""
    site = _TITLE_PARTS.split(window)[1:]
    talk = sum(bool(_FORUM_LINE.search(text)) for text in texts if len(text) < 60)
    named = next((part for part in site if _FORUM.search(part)), None)
    if (named and talk) or talk >= 8:
        return "forum", Reason.FORUM, f"{named or 'a thread'}, {talk} lines of a thread"
    return None


def _judge_pictures(view: PageView, texts: list[str], window: str, size: int) -> Verdict | None:
    if view.tree.find(".//video") is not None and size < VERY_SHORT * 3:
        return "video", Reason.VIDEO, "a video and hardly any text"
    near = [text for text in texts if len(text) < 80]
    signs = len({match[0].lower() for text in [window, *near] if (match := _GALLERY.search(text))})
    counters = sum(bool(_COUNTER.search(text)) for text in near)
    if signs + bool(counters) >= 2:
        return "gallery", Reason.GALLERY, "a picture counter or gallery words, and a caption for a text"
    return None


def _no_body(view: PageView, size: int) -> Verdict:
    linked = sum(line.link_chars for line in view.lines)
    printed = sum(len(line.text) for line in view.lines) or 1
    if linked * 2 > printed and len(view.lines) >= 20:
        return (
            "listing",
            Reason.LISTING,
            f"{linked * 100 // printed} % of the page is link text, {size} letters of body",
        )
    return "other", Reason.NO_TEXT, f"{size} letters of body text were found"


def _main_lines(view: PageView) -> list[str]:
    """Lines that may carry an error message: prominent or few."""
    short = [line.text for line in view.lines if line.link_share < 0.5 and 2 < len(line.text) < 80]
    headings = [line.text for line in view.lines if line.is_heading]
    return headings + (short if len(view.lines) < 60 else short[:0])


def _find(pattern: re.Pattern[str], texts: list[str]) -> str | None:
    return next((text[:60] for text in texts if pattern.search(text) and title_key(text)), None)
