"""What the crawl is compared with: `naive ADDRESS FEED CONNECTIONS`, `bare ADDRESS FEED CONNECTIONS`.

Run as a script, so that each is a process of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.linkextractors import LinkExtractor


class Naive(scrapy.Spider):
    """What one writes in an afternoon: every link is followed, trafilatura reads, Scrapy writes JSON Lines."""

    name = "naive"
    allowed_domains = ("127.0.0.1",)
    links = LinkExtractor()

    def parse(self, response: Any) -> Iterator[Any]:
        import trafilatura

        yield from response.follow_all(self.links.extract_links(response))
        document: Any = trafilatura.bare_extraction(response.body, url=response.url, with_metadata=True)
        if document is not None and document.text:
            yield {key: value for key, value in document.as_dict().items() if isinstance(value, (str, list))}


class Bare(scrapy.Spider):
    """Scrapy alone, the floor: every page is downloaded and thrown away."""

    name = "bare"

    def parse(self, response: Response) -> Iterator[Any]:
        for link in response.css("li a::attr(href), body > a::attr(href)").getall():
            yield response.follow(link, self.parse if "list-" in link else self.drop)

    def drop(self, response: Response) -> None:
        """Nothing is read."""


if __name__ == "__main__":
    which, address, feed, connections = sys.argv[1:]
    process = CrawlerProcess(
        {
            "FEEDS": {feed: {"format": "jsonlines"}} if which == "naive" else {},
            "CONCURRENT_REQUESTS_PER_DOMAIN": int(connections),
            "DOWNLOAD_DELAY": 0,
            "LOG_LEVEL": "ERROR",
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(Naive if which == "naive" else Bare, start_urls=[address])
    process.start()
