"""An archive of 5,000 articles, five a day, made when they are asked for, in one of the ways in which sites list them.

- ``dated``: the day stands in each address; one list of 250 pages.
- ``printed``: the list prints the day beside each link, the address tells nothing.
- ``undated``: neither; only the article says of which day it is.
- ``sitemaps``: an index of sitemaps by month with `lastmod`, and no list of the articles.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from tests.spiders.difficult_site import HEAD, Site, article

ARTICLES = 5000
PER_DAY = 5
PER_PAGE = 20
NEWEST = date(2018, 6, 30)
PAGES = ARTICLES // PER_PAGE


def day_of(number: int) -> date:
    """Article 0 is the newest."""
    return NEWEST - timedelta(days=number // PER_DAY)


class Archive(Site):
    def __init__(self, way: str) -> None:
        super().__init__()
        self.way = way
        self.other = self.answer_path
        if way == "sitemaps":
            self.answers["/robots.txt"] = lambda handler: handler.send(
                200, f"User-agent: *\nSitemap: {self.url}/map.xml\n".encode()
            )

    def path(self, number: int) -> str:
        if self.way in ("dated", "sitemaps"):
            return f"/{day_of(number):%Y/%m/%d}/{10000 + number}.html"
        return f"/story/{10000 + number}.html"

    def answer_path(self, path: str) -> str | None:
        if match := re.fullmatch(r"/(?:story|[\d/]{10})/(\d{5})\.html", path):
            number = int(match[1]) - 10000
            page = article(f"第{number}号报道", f"第{number}号事情")
            return page.replace("2018-01-05", day_of(number).isoformat())
        if self.way == "sitemaps":
            return self.sitemap(path)
        match = re.fullmatch(r"/(?:index_(\d+)\.html)?", path)
        return self.list(int(match[1] or 1)) if match else None

    def list(self, page: int) -> str:
        items = ""
        for number in range((page - 1) * PER_PAGE, page * PER_PAGE):
            day = f"<span>{day_of(number)}</span>" if self.way == "printed" else ""
            items += f"<li><a href='{self.path(number)}'>关于第{number}号事情的报道全文</a>{day}</li>"
        following = f"<a href='/index_{page + 1}.html'>下一页</a>" if page < PAGES else ""
        return f"{HEAD}<title>报道列表</title></head><body><ul>{items}</ul>{following}</body></html>"

    def sitemap(self, path: str) -> str | None:
        """The home page is empty but for a word; `/map.xml` is the index."""
        if path == "/":
            return f"{HEAD}<title>报道</title></head><body><p>检索</p></body></html>"
        months: dict[str, list[int]] = {}
        for number in range(ARTICLES):
            months.setdefault(f"{day_of(number):%Y-%m}", []).append(number)
        if path == "/map.xml":
            entries = "".join(
                f"<sitemap><loc>{self.url}/map-{name}.xml</loc><lastmod>{day_of(numbers[0])}</lastmod></sitemap>"
                for name, numbers in months.items()
            )
            return f"<sitemapindex>{entries}</sitemapindex>"
        match = re.fullmatch(r"/map-([\d-]+)\.xml", path)
        entries = "".join(f"<url><loc>{self.url}{self.path(number)}</loc></url>" for number in months[match[1]])
        return f"<urlset>{entries}</urlset>"
