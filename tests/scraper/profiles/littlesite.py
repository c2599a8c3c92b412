"""A little news site for tests: two templates, furniture that recurs, furniture that changes, prose made up."""

from __future__ import annotations

import random

WORDS = (
    "the town council river bridge market school children farmers harvest winter road train station letter question "
    "answer morning evening family neighbours doctors library theatre music garden mountain valley weather visitors "
    "built opened closed repaired promised discussed measured counted celebrated planted bought sold wrote found"
).split()


def sentence(chance: random.Random) -> str:
    words = [chance.choice(WORDS) for _ in range(chance.randint(9, 16))]
    return " ".join(words).capitalize() + "."


def prose(chance: random.Random, paragraphs: int = 6) -> list[str]:
    return [" ".join(sentence(chance) for _ in range(chance.randint(2, 4))) for _ in range(paragraphs)]


def article(number: int, template: str = "news", seed: int = 0) -> tuple[str, str]:
    """The address and the HTML of one article.

    Args:
        number: which; each has its own text.
        template: news, magazine (another CMS) or wild (no two pages alike).
        seed: of another site.
    """
    chance = random.Random(f"{seed} {template} {number}")
    title = sentence(chance)[:-1]
    paragraphs = prose(chance)
    lists = "".join(f"<li><a href='/news/{chance.randint(1, 9999)}.html'>{sentence(chance)}</a></li>" for _ in range(8))
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    day = f"2026-03-{number % 27 + 1:02d} 10:{number % 60:02d}"
    head = f"<html><head><title>{title} - River Post</title></head><body>"
    menu = "<div id='menu'>" + "".join(f"<a href='/{name}/'>{name}</a> " for name in WORDS[:12]) + "</div>"
    foot = (
        "<div class='foot'><p>River Post is published by the River Post company, Bridge Street 1, and is not copied "
        "without permission of the publisher.</p><p>© 2026 River Post</p></div></body></html>"
    )
    appeal = "<p>Subscribe to our letter and read the River Post every morning at home, with no advertisements.</p>"
    if template == "news":
        url = f"http://post.example/news/{number}.html"
        core = (
            f"<div class='wrap'><div class='crumbs'><a href='/'>Home</a> &gt; <a href='/town/'>Town</a></div>"
            f"<h1 class='headline'>{title}</h1><div class='info'>Published: {day} Source: Valley News Agency</div>"
            f"<div id='text'>{body}{appeal}</div><div class='more'><h3>More stories</h3><ul>{lists}</ul></div></div>"
        )
    elif template == "magazine":
        url = f"http://post.example/magazine/{number}-long-read-of-the-week.html"
        core = (
            f"<table id='page'><tr><td class='left'><ul>{lists}</ul></td><td class='main'><h2 class='bigtitle'>{title}"
            f"</h2><span class='when'>{day}</span><div class='essay'>{body}{appeal}</div></td></tr></table>"
        )
    else:
        url = f"http://post.example/{'x' * (number % 7 + 1)}/{number}"
        box = "".join(chance.choice("abcdefgh") for _ in range(6))
        before = "".join(f"<div>{sentence(chance)}</div>" for _ in range(number))
        after = f"<div id='{box[::-1]}'><ul>{lists}</ul></div>"
        core = f"{before}<div class='{box}'><h1>{title}</h1>{body}</div>{after}"
    return url, head + menu + core + foot
