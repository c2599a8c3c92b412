"""E-papers in the manner of four systems, two editions each: path to page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

DAYS = ("2026-11-19", "2026-11-20")
PAGES = {"01": "要闻", "02": "民生", "04": "综合"}
HEAD = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>{}</title></head><body>"
SENTENCES = (
    "昨天上午，青石镇的老年食堂正式开张，三十张方桌靠窗摆开，墙上挂着几十张老照片。",
    "八十二岁的吴阿婆来得最早，她说以前一个人吃饭，做一顿要吃三天，现在走五分钟就有热汤。",
    "修渠的石匠们从山脚一路凿到山腰，手上的茧子磨掉一层又长一层，水终于流进了梯田。",
    "夜校的灯一直亮到九点半，五十名学员里有卖菜的、开车的，也有刚退休的会计和护士。",
    "沿河的老街拆掉了违建的雨棚，露出一排百年前的木门板，铺面重新刷了桐油。",
    "县里的班车把终点从镇口挪到了村小门前，孩子们每天可以多睡二十分钟。",
)


@dataclass(frozen=True)
class Story:
    """An article of the edition of one day."""

    number: int
    page: str
    title: str
    text: tuple[str, ...]


def stories(day: str) -> list[Story]:
    """Two articles a page; every text is another one."""
    first = 0 if day == DAYS[0] else 3
    return [
        Story(
            number=48000 + 100 * int(day[-2:]) + 10 * int(page) + place,
            page=page,
            title=f"{day[-2:]}日第{page}版的第{place + 1}件事",
            text=tuple(
                f"{words}这是{day}第{page}版上第{place + 1}篇的第{at}段话。"
                for at, words in enumerate(SENTENCES[(first + at + place) % 6] for at in range(4))
            ),
        )
        for page in PAGES
        for place in range(2)
    ]


@dataclass(frozen=True)
class System:
    """How a system builds its addresses and its pages."""

    front: str
    node: Callable[[str, str], str]
    content: Callable[[str, Story], str]
    print_story: Callable[[str, Story], str]


def founder_story(day: str, story: Story) -> str:
    paragraphs = "".join(f"<p>　　{text}</p>" for text in story.text)
    back = f"<a href='node_{int(story.page) + 1}.htm'>返回本版</a>"
    return (
        HEAD.format(story.title)
        + f"<table><tr><td>第{story.page}版：{PAGES[story.page]}</td><td>{back}</td></tr></table>"
        f"<div class='title'><b>{story.title}</b></div><div>本报记者 林晚舟</div>"
        f"<div id='ozoom'>{paragraphs}</div></body></html>"
    )


def layout_story(day: str, story: Story) -> str:
    year, month, date = day.split("-")
    paragraphs = "".join(f"<p>　　{text}</p>" for text in story.text)
    return (
        HEAD.format(f"{story.title}-云岫日报")
        + f"<div class='article'><h3>新渠通水记</h3><h1>{story.title}</h1><h2>一条渠和五个村</h2>"
        f"<p class='sec'>本报记者　林晚舟"
        f"<span class='date'>《云岫日报》（{year}年{month}月{date}日　第 {story.page} 版）</span></p>"
        f"<div id='ozoom'>{paragraphs}</div></div></body></html>"
    )


def bare_story(day: str, story: Story) -> str:
    """An article that does not say on which page it stood."""
    paragraphs = "".join(f"<p>　　{text}</p>" for text in story.text)
    return HEAD.format(story.title) + f"<h1>{story.title}</h1><div class='content'>{paragraphs}</div></body></html>"


SYSTEMS = {
    "founder": System(
        front="/yxrb/html/2026-11/20/node_2.htm",
        node=lambda day, page: f"/yxrb/html/{day[:7]}/{day[8:]}/node_{int(page) + 1}.htm",
        content=lambda day, story: f"/yxrb/html/{day[:7]}/{day[8:]}/content_{story.number}.htm",
        print_story=founder_story,
    ),
    "nbs": System(
        front="/yxrb/html/2026-11/20/nbs.D110000yxrb_01.htm",
        node=lambda day, page: f"/yxrb/html/{day[:7]}/{day[8:]}/nbs.D110000yxrb_{page}.htm",
        content=lambda day, story: (
            f"/yxrb/html/{day[:7]}/{day[8:]}/"
            f"nw.D110000yxrb_{day.replace('-', '')}_{story.number % 10 + 1}-{story.page}.htm"
        ),
        print_story=layout_story,
    ),
    "layout": System(
        front="/yxrb/pc/layout/202611/20/node_01.html",
        node=lambda day, page: f"/yxrb/pc/layout/{day[:4]}{day[5:7]}/{day[8:]}/node_{page}.html",
        content=lambda day, story: f"/yxrb/pc/content/{day[:4]}{day[5:7]}/{day[8:]}/content_{story.number}.html",
        print_story=layout_story,
    ),
    "shtml": System(
        front="/shtml/yxrb/20261120/v01.shtml",
        node=lambda day, page: f"/shtml/yxrb/{day.replace('-', '')}/v{page}.shtml",
        content=lambda day, story: f"/shtml/yxrb/{day.replace('-', '')}/{story.number}.shtml",
        print_story=bare_story,
    ),
}


def node_page(system: System, day: str, page: str, told: list[Story]) -> str:
    """A page of the paper: its picture with areas, its articles, the other pages, the editions before and after."""
    here = [story for story in told if story.page == page]
    areas = "".join(f"<area shape='rect' coords='0,0,9,9' href='{system.content(day, story)}'>" for story in here)
    listed = "".join(f"<li><a href='{system.content(day, story)}'>{story.title}</a></li>" for story in here)
    pages = "".join(
        f"<li><a href='{system.node(day, other)}'>第{other}版：{name}</a></li>" for other, name in PAGES.items()
    )
    other_day = next(other for other in DAYS if other != day)
    return (
        HEAD.format("云岫日报 数字报")
        + f"<h3>版面导航</h3><ul>{pages}</ul><p>第{page}版：{PAGES[page]}</p><img usemap='#m' src='p.jpg'>"
        f"<map name='m'>{areas}</map><h3>本版新闻</h3><ul>{listed}</ul>"
        f"<p><a href='{system.node(other_day, '01')}'>上一期</a> <a href='/about.html'>关于我们</a></p>"
        "</body></html>"
    )


def print_paper(kind: str, days: tuple[str, ...] = DAYS) -> dict[str, str]:
    """The e-paper as one of the systems shows it."""
    system, pages = SYSTEMS[kind], {}
    for day in days:
        told = stories(day)
        for page in PAGES:
            pages[system.node(day, page)] = node_page(system, day, page, told)
        for story in told:
            pages[system.content(day, story)] = system.print_story(day, story)
    return pages
