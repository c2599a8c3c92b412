import pytest

from scraper.export.cdxj import surt


@pytest.mark.parametrize(
    ("url", "key"),
    [  # as surt 0.3 of the Internet Archive has them, which pywb and wacz look up
        ("http://127.0.0.1:8017/news/A.shtml", "1,0,0,127:8017)/news/a.shtml"),
        ("http://www.Example.com/", "com,example)/"),
        ("http://example.com", "com,example)/"),
        ("https://example.com:443/a", "com,example)/a"),
        ("http://example.com/a/?a=1", "com,example)/a?a=1"),
        ("https://news.example.com/a/b/?b=2&a=1", "com,example,news)/a/b?a=1&b=2"),
        ("http://example.com/%E6%96%B0%E9%97%BB/x%7ey.html?q=%e6", "com,example)/%e6%96%b0%e9%97%bb/x~y.html?q=%e6"),
        ("http://example.com/新闻?词=a b", "com,example)/%e6%96%b0%e9%97%bb?%e8%af%8d=a%20b"),
        ("https://example.com:443/a//b/../c", "com,example)/a/c"),
        ("http://xn--fiqs8s.cn/a?", "cn,xn--fiqs8s)/a"),
        ("http://例子.中国/a", "xn--fiqs8s,xn--fsqu00a)/a"),
        ("http://example.com/a%2Fb%25c", "com,example)/a/b%25c"),
        ("http://example.com/a#frag", "com,example)/a"),
        ("http://example.com/a?a=&b", "com,example)/a?a=&b"),
    ],
)
def test_the_key_of_an_address_is_the_one_that_replay_tools_look_up(url: str, key: str) -> None:
    assert surt(url) == key
