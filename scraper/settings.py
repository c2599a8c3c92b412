"""The Scrapy settings: one place, each default beside its unit and its effect.

Scrapy's defaults are made for scraping, not for a polite harvest of strangers' servers: what is changed here, and why,
stands beside it. `scraper crawl -s NAME=VALUE` and `scrapy crawl -s` change any of them for a run.
"""

from __future__ import annotations

from scraper import __version__

# --- Who we are ---------------------------------------------------------------------------------------------------

BOT_NAME = "news-scraper"

USER_AGENT = f"news-scraper/{__version__} (news harvester; obeys robots.txt)"
"""What servers are told."""

CONTACT = ""
"""Where a server's people find whose harvest it is: an http(s) address or a mail address, which is added to
`USER_AGENT` as ``+contact``. Who harvests for long should name one."""

ROBOTSTXT_USER_AGENT = "news-scraper"
"""Product token that the groups of robots.txt are matched against."""

SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"

# --- What is asked, and how often ---------------------------------------------------------------------------------

ROBOTSTXT_OBEY = True
"""Ask robots.txt of each host first and obey it. A host whose robots.txt cannot be read is not asked at all."""

CONCURRENT_REQUESTS = 16
"""Requests under way at one time, all hosts together."""

CONCURRENT_REQUESTS_PER_DOMAIN = 1
"""Requests under way at one time, to one host."""

DOWNLOAD_DELAY = 1.0
"""Seconds between two requests to one host. A Crawl-delay of robots.txt and a profile may set another."""

DOWNLOAD_DELAY_JITTER = 0
"""No random part: a delay that was promised is kept."""

AUTOTHROTTLE_ENABLED = False

COOKIES_ENABLED = False
"""No cookies: a page is the page that everybody gets, and nobody is tracked."""

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8,*;q=0.5",
}

# --- What is taken ------------------------------------------------------------------------------------------------

DOWNLOAD_TIMEOUT = 60
"""Seconds for one request, from the name look-up to the last byte. (Scrapy: 180.)"""

DNS_TIMEOUT = 20
"""Seconds for a name look-up."""

DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
"""Bytes of a body as received; reception stops there. (Scrapy: 1 GiB.)"""

DOWNLOAD_WARNSIZE = 0

MAX_DECODED_BYTES = 20 * 1024 * 1024
"""Bytes of a body when its content coding is undone; decoding stops there."""

MAX_SITEMAP_BYTES = 50 * 1024 * 1024
"""Bytes of a sitemap when its compression is undone (sitemaps.org allows 50 MB)."""

MAX_HEADER_BYTES = 64 * 1024
"""Bytes of all response headers together."""

DOWNLOAD_FAIL_ON_DATALOSS = False
"""A body shorter than announced is looked at: a complete page with a wrong length is kept, half a page is not."""

REDIRECT_MAX_TIMES = 5
"""Redirects in a row. (Scrapy: 20.)"""

HTTPERROR_ALLOW_ALL = True
"""Error answers reach the spider: each address ends with a reason."""

# --- Security -----------------------------------------------------------------------------------------------------

DOWNLOAD_HANDLERS = {
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
    "http": "scraper.fetching.handler.BoundedHandler",
    "https": "scraper.fetching.handler.BoundedHandler",
}
"""Only http and https: a link to file:///etc/passwd is not read. The handler bounds the headers."""

BROWSER_PATH = None
"""The Chromium that renders pages of sites whose profile says `javascript = true`; None: the one of the system."""

RENDER_TIMEOUT_S = 20.0
"""Seconds that one page may take to be rendered; what it shows then is taken."""

DOWNLOAD_VERIFY_CERTIFICATES = True
"""TLS certificates are verified. (Scrapy: not.)"""

HTTPPROXY_ENABLED = False
"""Proxies of the environment are ignored: a proxy looks up names itself, so the guard of addresses sees nothing."""

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
"""Both would let anybody on this machine run code in the crawl."""

# --- How it works -------------------------------------------------------------------------------------------------

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

CONCURRENT_ITEMS = 1
"""Items of one answer that are worked on at a time: an answer gives one. (Scrapy: 100, and as many tasks an answer.)"""

RETRY_FIRST_S = 2.0
"""Seconds after which a failed address is tried again; twice as long after each further failure."""

WAIT_HORIZON_S = 120.0
"""Seconds that a crawl waits for an address that is to be asked later; a longer wait is left for the next run."""

STORE_MAX_WAIT_S = 0.5
"""Seconds that an outcome waits at most for others to be committed with."""

STOP_WITHIN_S = 8.0
"""Seconds that a stop by signal may wait for the answers under way; what is not there then is asked for again."""

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scraper.fetching.redirects.RedirectMiddleware": 50,
    "scraper.fetching.policy.PolicyMiddleware": 60,
    "scraper.fetching.robots.RobotsMiddleware": 100,
    "scraper.fetching.patience.PatienceMiddleware": 150,
    "scraper.fetching.limits.DecodingMiddleware": 590,
    # Next to the downloader, so that what it sees is as it was received.
    "scraper.fetching.archive.ExchangeMiddleware": 860,
}

SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
"""None is needed: the ledger knows depth and source of each address, the policy its length."""

EXTENSIONS = {"scraper.fetching.policy.AddressGuard": 0, "scraper.fetching.watchdog.LoopWatchdog": 0}

EXTENSIONS_BASE = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.memusage.MemoryUsage": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.feedexport.FeedExporter": 0,
    "scrapy.extensions.logstats.LogStats": 0,
    "scrapy.extensions.throttle.AutoThrottle": 0,
}
"""Those of Scrapy's own that may be of use. It imports all that stand here, also what is off: the console and the
remote control that are left out load a web server."""

OUTPUT_DIR = "output"
"""Folder that holds one folder for each site."""

READER_PROCESSES = 0
"""Worker processes that read pages; 0 for one a core."""

GATE_MIN_SAMPLES = 5
"""Portions of history without which a run is not compared with what is usual for its site; see
`scraper.report.gates`. A number that no site reaches turns the comparison off."""

LOG_LEVEL = "INFO"
LOGSTATS_INTERVAL = 60.0
"""Seconds between two lines of progress in the log."""

FEED_EXPORT_ENCODING = "utf-8"
"""For `scrapy shell` and own feeds; records are written by the store."""
