"""The closed list of reasons: why an address gave no article.

A reason is data: it stands in `problems.jsonl`, in the ledger, in the run manifest and on the stderr of
`scraper extract`. Add one only with its sentence below, which is also the documentation.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why an address gave no article. `describe` says it in a sentence."""

    # never asked
    SCHEME = "scheme"
    BAD_URL = "bad_url"
    OFF_SITE = "off_site"
    BLOCKED_ADDRESS = "blocked_address"
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    TRAP = "trap"
    OF_TRAP = "of_trap"
    # asked, no usable answer
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    RESET = "reset"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    BAD_HTTP = "bad_http"
    HTTP_4XX = "http_4xx"
    HTTP_5XX = "http_5xx"
    GONE = "gone"
    RATE_LIMITED = "rate_limited"
    REDIRECT_LOOP = "redirect_loop"
    # answered, not a page
    EMPTY = "empty"
    NOT_HTML = "not_html"
    CHARSET = "charset"
    # a page, not an article
    LISTING = "listing"
    SECTION = "section"
    SEARCH = "search"
    EDITION = "edition"
    GALLERY = "gallery"
    VIDEO = "video"
    FORUM = "forum"
    SITE_INFO = "site_info"
    SOFT_404 = "soft_404"
    CONTINUATION = "continuation"
    OLDER = "older"
    NEWER = "newer"
    NO_TEXT = "no_text"
    NO_TITLE = "no_title"
    # the reading failed
    EXTRACT_TIMEOUT = "extract_timeout"
    EXTRACT_MEMORY = "extract_memory"
    EXTRACT_CRASH = "extract_crash"

    @property
    def describe(self) -> str:
        """The reason as a sentence for people."""
        return SENTENCES[self]

    @property
    def is_problem(self) -> bool:
        """Whether an article may have been lost: a listing is no loss, a timeout is."""
        return self not in _NO_LOSS


SENTENCES: dict[Reason, str] = {
    Reason.SCHEME: "the address is not http or https",
    Reason.BAD_URL: "the address cannot be read as a URL",
    Reason.OFF_SITE: "the address is outside the site; add its host with --allow-host",
    Reason.BLOCKED_ADDRESS: "the host is a private, loopback or link-local address; add it with --allow-host",
    Reason.ROBOTS: "robots.txt of the host forbids it",
    Reason.ROBOTS_UNREACHABLE: "robots.txt of the host gave an error, so nothing may be asked (RFC 9309 §2.3.1.4)",
    Reason.TRAP: "too many addresses of the same form: a calendar, a session id or an endless path",
    Reason.OF_TRAP: "one more address of a trap that is reported with another",
    Reason.DNS: "the host name has no address",
    Reason.CONNECT: "the host refused the connection or cannot be reached",
    Reason.TLS: "the host's certificate or encryption was not accepted",
    Reason.TIMEOUT: "no complete answer within the time limit",
    Reason.RESET: "the connection was closed before the answer was complete",
    Reason.TRUNCATED: "the answer ends before its end",
    Reason.TOO_LARGE: "the answer is larger than the size limit",
    Reason.BOMB: "the answer grows beyond the size limit when it is decompressed",
    Reason.BAD_HTTP: "the answer is not valid HTTP",
    Reason.HTTP_4XX: "the server said that the page is not available (4xx)",
    Reason.HTTP_5XX: "the server failed (5xx)",
    Reason.GONE: "the server said that the page is gone (404 or 410)",
    Reason.RATE_LIMITED: "the server asked to wait (429 or 503 with Retry-After)",
    Reason.REDIRECT_LOOP: "the page redirects too often or to itself",
    Reason.EMPTY: "the page has no content",
    Reason.NOT_HTML: "the content is not HTML",
    Reason.CHARSET: "the bytes fit no character set",
    Reason.LISTING: "the page is a list of links",
    Reason.SECTION: "the page is a section or home page",
    Reason.SEARCH: "the page shows search results",
    Reason.EDITION: "the page is the front of an e-paper edition or page",
    Reason.GALLERY: "the page is a picture gallery",
    Reason.VIDEO: "the page is a video without a text",
    Reason.FORUM: "the page is a forum, question or comment thread",
    Reason.SITE_INFO: "the page is about the site itself: imprint, contact, terms",
    Reason.SOFT_404: "the page is an error message with status 200",
    Reason.CONTINUATION: "the page continues an article that begins on another page",
    Reason.OLDER: "the article is older than the day that was asked for with --since",
    Reason.NEWER: "the article is newer than the day that was asked for with --until",
    Reason.NO_TEXT: "no article text was found",
    Reason.NO_TITLE: "no headline was found",
    Reason.EXTRACT_TIMEOUT: "reading the page took longer than the time limit",
    Reason.EXTRACT_MEMORY: "reading the page took more memory than the limit",
    Reason.EXTRACT_CRASH: "the process that read the page died",
}

_NO_LOSS = frozenset(
    {
        Reason.OFF_SITE,
        Reason.OF_TRAP,
        Reason.LISTING,
        Reason.SECTION,
        Reason.SEARCH,
        Reason.EDITION,
        Reason.GALLERY,
        Reason.VIDEO,
        Reason.FORUM,
        Reason.SITE_INFO,
        Reason.CONTINUATION,
        Reason.OLDER,
        Reason.NEWER,
    }
)
