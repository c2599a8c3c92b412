"""Sitemaps, feeds and robots.txt that are broken or lie."""

from __future__ import annotations

import codecs
from datetime import date, timedelta

from faultsite.faults import ROBOTS_ADDRESS, House, front
from faultsite.server import Call
from scraper.reasons import Reason

XML = "application/xml"
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _story_urls(call: Call) -> list[str]:
    assert call.fault is not None
    return [call.origin + call.fault.path(number) for number in range(1, call.fault.pages + 1)]


def _sitemap(urls: list[str], *, doctype: str = "", lastmod: str | None = None) -> str:
    day = lastmod or (date.today() - timedelta(days=1)).isoformat()
    entries = "\n".join(f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>" for url in urls)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}<urlset {NAMESPACE}>\n{entries}\n</urlset>'


# Sitemaps, named in robots.txt.


@front.good(entry="sitemap.xml", announced="robots", pages=2)
def sitemap_plain(call: Call) -> None:
    """A faultless sitemap: its stories are found nowhere else."""
    call.reply(_sitemap(_story_urls(call)), content_type=XML)


@front.good(entry="sitemap.xml", announced="robots", pages=2)
def sitemap_entity(call: Call) -> None:
    """An external entity in the sitemap names a file of the crawler's machine."""
    doctype = f'<!DOCTYPE urlset [<!ENTITY file SYSTEM "{call.site.bait("sitemap-entity").as_uri()}">]>\n'
    call.reply(_sitemap([*_story_urls(call), "http://127.0.0.20/&file;"], doctype=doctype), content_type=XML)


@front.either(entry="sitemap.xml", announced="robots", pages=0)
def sitemap_laughs(call: Call) -> None:
    """Entities in the sitemap explode (billion laughs)."""
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefghi", "bcdefghij", strict=True)
    )
    call.reply(_sitemap(["http://127.0.0.20/&j;"], doctype=f"<!DOCTYPE urlset [{entities}]>\n"), content_type=XML)


@front.good(entry="index.xml", announced="robots", pages=2)
def sitemap_loop(call: Call) -> None:
    """Two sitemap indexes list each other and themselves, and a sitemap with two stories."""
    if call.rest == "stories.xml":
        call.reply(_sitemap(_story_urls(call)), content_type=XML)
        return
    names = ("index.xml", "second.xml", "stories.xml")
    entries = "".join(f"<sitemap><loc>{call.origin}/sitemap-loop/{name}</loc></sitemap>" for name in names)
    call.reply(f"<sitemapindex {NAMESPACE}>{entries}</sitemapindex>", content_type=XML)


@front.good(entry="sitemap.xml", announced="robots", pages=2)
def sitemap_cut(call: Call) -> None:
    """The sitemap ends in the middle of its third entry."""
    whole = _sitemap([*_story_urls(call), call.origin + "/never/complete.html"])
    call.reply(whole[: whole.index("/never/") + 3], content_type=XML)


@front.either(entry="sitemap.xml", announced="robots", pages=0)
def sitemap_is_html(call: Call) -> None:
    """The sitemap is a web page that says that there is none."""
    call.reply("<!DOCTYPE html><html><head><title>404</title></head><body><h1>没有找到</h1></body></html>")


@front.good(entry="sitemap.xml", announced="robots", pages=2)
def sitemap_after_blanks(call: Call) -> None:
    """A byte order mark and blank lines stand before the XML declaration, and addresses have spaces around them."""
    text = _sitemap([f"\n  {url}\n  " for url in _story_urls(call)])
    call.reply(codecs.BOM_UTF8 + b"\n\n" + text.encode(), content_type=XML)


@front.good(entry="sitemap.xml.gz", announced="robots", pages=2)
def sitemap_not_packed(call: Call) -> None:
    """A sitemap called .gz is plain XML."""
    call.reply(_sitemap(_story_urls(call)), content_type="application/x-gzip")


@front.trap(entry="sitemap.xml", announced="robots", pages=0)
def sitemap_of_the_dead(call: Call) -> None:
    """2,000 addresses from 2019, all of them gone."""
    if call.rest == "sitemap.xml":
        urls = [f"{call.origin}/sitemap-of-the-dead/2019{n % 12 + 1:02}01/{n}.html" for n in range(2000)]
        call.reply(_sitemap(urls, lastmod="2019-06-01"), content_type=XML)
    else:
        call.reply("<h1>404</h1>", "404 Not Found")


@front.forbidden(entry="sitemap.xml", announced="robots", pages=1)
def sitemap_to_internal(call: Call) -> None:
    """The sitemap lists the internal host and a file beside a story."""
    forbidden = [call.site.internal("sitemap-to-internal"), call.site.bait("sitemap-to-internal").as_uri()]
    call.reply(_sitemap([*forbidden, *_story_urls(call)]), content_type=XML)


@front.forbidden(entry="index.xml", announced="robots", pages=0)
def sitemap_index_to_internal(call: Call) -> None:
    """A sitemap index lists a sitemap of the internal host and one that is a file."""
    forbidden = [call.site.internal("sitemap-index-to-internal"), call.site.bait("sitemap-index-to-internal").as_uri()]
    entries = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in forbidden)
    call.reply(f"<sitemapindex {NAMESPACE}>{entries}</sitemapindex>", content_type=XML)


# Feeds, named on the front page.


def _feed(call: Call, *, description: str = "一句话的摘要", further: tuple[str, ...] = ()) -> str:
    assert call.fault is not None
    entries = [(story.title, url) for story, url in zip(call.fault.stories, _story_urls(call), strict=True)]
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><description>{description}</description>"
        f"<pubDate>Tue, 04 Mar 2025 08:30:00 +0800</pubDate></item>"
        for title, link in [*entries, *(("内部新闻一则", url) for url in further)]
    )
    return f'<rss version="2.0"><channel><title>环城日报</title>{items}</channel></rss>'


@front.good(entry="rss.xml", announced="feed", pages=2)
def feed_plain(call: Call) -> None:
    """A faultless feed: its stories are found nowhere else."""
    call.reply('<?xml version="1.0" encoding="UTF-8"?>\n' + _feed(call), content_type="application/rss+xml")


@front.good(entry="rss.xml", announced="feed", pages=2)
def feed_broken(call: Call) -> None:
    """The feed has bare ampersands, entities of HTML, and GBK bytes under the label UTF-8."""
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + _feed(call, description="柴 & 米&nbsp;&copy; < 油 盐")
    call.reply(text.encode("gbk"), content_type="application/rss+xml")


@front.good(entry="rss.xml", announced="feed", pages=2)
def feed_cut(call: Call) -> None:
    """The feed ends within its last description."""
    text = _feed(call)
    call.reply(text[: text.rindex("</description>") - 2], content_type="application/rss+xml")


@front.forbidden(entry="rss.xml", announced="feed", pages=1)
def feed_to_internal(call: Call) -> None:
    """Behind its story a feed lists the internal host and a file."""
    further = (call.site.internal("feed-to-internal"), call.site.bait("feed-to-internal").as_uri())
    call.reply(_feed(call, further=further), content_type="application/rss+xml")


# robots.txt, each on an origin of its own. The function is called for /robots.txt; the story pages are faultless.


def _robots_house(name: str) -> House:
    return House(f"robots-{name}", ROBOTS_ADDRESS, own_port=True)


def _rules(call: Call, text: str | bytes) -> None:
    call.reply(text, content_type="text/plain")


@_robots_house("500").bad(Reason.ROBOTS_UNREACHABLE, pages=2, untouched=True)
def robots_500(call: Call) -> None:
    """robots.txt answers 500: nothing else may be asked (RFC 9309 §2.3.1.4)."""
    call.reply("broken", "500 Internal Server Error")


@_robots_house("reset").bad(Reason.ROBOTS_UNREACHABLE, pages=2, untouched=True)
def robots_reset(call: Call) -> None:
    """robots.txt is answered with a reset: nothing else may be asked."""
    call.reset()


@_robots_house("404").good(pages=2)
def robots_404(call: Call) -> None:
    """There is no robots.txt: everything may be asked (RFC 9309 §2.3.1.3)."""
    call.reply("<h1>404</h1>", "404 Not Found")


@_robots_house("huge").good(pages=2)
def robots_huge(call: Call) -> None:
    """robots.txt of 54 MB: the first 500 KiB count (RFC 9309 §2.5)."""
    line = "Disallow: /some/path/that/nobody/has/ever/seen/here\n"
    filler = line.encode() * 20_000
    call.start(content_type="text/plain")
    call.send(b"User-agent: *\n")
    for _ in range(52):
        call.send(filler)


@_robots_house("mark").bad(Reason.ROBOTS, pages=2, untouched=True)
def robots_mark(call: Call) -> None:
    """robots.txt has a byte order mark and ends its lines with CR alone; it forbids the stories."""
    _rules(call, codecs.BOM_UTF8 + b"User-agent: *\rDisallow: /robots-mark/\r")


@_robots_house("garbage").good(pages=2)
def robots_garbage(call: Call) -> None:
    """robots.txt is noise."""
    _rules(call, bytes(range(256)) * 40)


@_robots_house("html").good(pages=2)
def robots_html(call: Call) -> None:
    """robots.txt is a web page."""
    call.reply("<!DOCTYPE html><html><body><h1>欢迎</h1><p>User-agent: nobody</p></body></html>")


@_robots_house("forbids").bad(Reason.ROBOTS, pages=2, untouched=True)
def robots_forbids(call: Call) -> None:
    """robots.txt forbids everything."""
    _rules(call, "User-agent: *\nDisallow: /\n")


@_robots_house("internal").forbidden(pages=1)
def robots_to_internal(call: Call) -> None:
    """robots.txt names sitemaps on the internal host and in files."""
    forbidden = [call.site.internal("robots-to-internal"), call.site.bait("robots-to-internal").as_uri()]
    _rules(call, "User-agent: *\nDisallow:\n" + "".join(f"Sitemap: {url}\n" for url in forbidden))


@_robots_house("redirect").forbidden(Reason.ROBOTS_UNREACHABLE, Reason.BLOCKED_ADDRESS, pages=1, untouched=True)
def robots_redirects_to_internal(call: Call) -> None:
    """robots.txt redirects to the internal host."""
    call.redirect(call.site.internal("robots-redirects-to-internal"))
