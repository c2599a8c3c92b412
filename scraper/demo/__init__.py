"""A small newspaper that ships with the project and runs on loopback.

`serve` starts it; `truth` says which records a harvest of it must give, and `not_articles` which of its
addresses must give none. Pages and truth come from the same stories.
"""

from scraper.demo.comparison import differences
from scraper.demo.server import DemoServer, serve
from scraper.demo.truth import NotArticle, not_articles, truth, twins

__all__ = ["DemoServer", "NotArticle", "differences", "not_articles", "serve", "truth", "twins"]
