"""Texts for the misbehaving newspaper: the same name always gives the same story, and no two names give the same.

Sentences are put together from word lists with a random generator that the name seeds. They mean little, but they are
news-like prose of ordinary length, so that whoever reads the page has no excuse.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape
from typing import Literal

Language = Literal["zh", "zh-Hant", "en"]

PAPER = {"zh": "环城日报", "zh-Hant": "環城日報", "en": "The Ring Road Daily"}
DAY = "2025-03-04"

_ZH_PLACES = (
    "东河 西岭 南塘 北桥 青石 白沙 柳林 梅溪 竹园 松坡 稻香 荷塘 云台 石门 龙湾 凤山 金坪 银滩 铁岭 茶亭".split()
)
_ZH_PEOPLE = "村民 社区干部 老师 学生 司机 护林员 渔民 菜农 技术员 志愿者 医生 邮递员 工程师 店主 退休工人".split()
_ZH_DEEDS = (
    "修好了通往集市的石板路 清理了堵塞多年的灌溉水渠 在坡地上种下新的果树苗 把旧仓库改成了阅览室 "
    "为独居老人送去了过冬的棉被 在河边装上了新的路灯 重新粉刷了小学的教室 "
    "办起了周末的豆腐作坊 给每户安装了节水龙头 在渡口搭起了避雨的凉亭 "
    "学会了修理收割机的方法 整理出一本地方菜谱 组织了秋天的乒乓球比赛 把闲置的晒谷场铺成了球场"
).split()
_ZH_TIMES = "去年冬天 今年春天 上个月底 前不久 几天以前 从早到晚 农闲时节 雨停以后".split()
_ZH_TAILS = (
    "附近的几个乡镇也派人来看。 大家说这件事早就应该办了。 费用由各家自愿分担。 天气转暖以后还会继续。 "
    "孩子们放学后都喜欢到那里去。 账目每个月贴在门口的木板上。 "
    "去年同一时候这里还是一片荒草。 有人专门做了一块牌子作为纪念。"
).split()
_ZH_HEADS = "通了新路 有了书屋 添了渡船 办起夜校 开了早市 修好水渠 种上果树 亮起路灯 迎来球赛 建成凉亭".split()
_EN_PLACES = "Alder Bank,Birch Mill,Cold Harbour,Dyer's Ford,Elm Lane,Fox Hollow,Grange End,Hazel Row,Ivy Cross".split(
    ","
)
_EN_PEOPLE = "The ferryman,A retired teacher,The parish clerk,Two carpenters,The night nurse,A young baker".split(",")
_EN_DEEDS = (
    "repaired the footbridge behind the old dairy,painted the waiting room of the station a pale green,"
    "planted forty pear trees along the canal,opened a small library in the former customs house,"
    "counted the swifts that nest under the roof of the market hall,taught the neighbours how to mend a clock,"
    "carried the piano from the school to the chapel,measured the height of the river every single morning"
).split(",")
_EN_TIMES = "last winter,early in the spring,over three weekends,before the harvest,after the long rain".split(",")
_EN_TAILS = (
    "Nobody had asked for it, and everybody was glad.,The costs were shared among nine households.,"
    "Visitors from the next valley came to have a look.,The accounts hang on the door for all to read.,"
    "Children now meet there when school is over.,It will go on as soon as the weather allows."
).split(".,")
_EN_HEADS = "gets a footbridge,opens a library,plants pear trees,counts its swifts,paints the station".split(",")
_TRADITIONAL = str.maketrans(
    "东岭边乡师医护员学给节龙为个这门钱账贴纪灯来书开办种树过还会转续说应该费从农时后组织场赛桥环报专仓们区库旧术欢渔湾独继览谱铺闲阅银铁凤几块担气干里坝邮递闻镇装凉云页权码",
    "東嶺邊鄉師醫護員學給節龍為個這門錢賬貼紀燈來書開辦種樹過還會轉續說應該費從農時後組織場賽橋環報專倉們區庫舊術歡漁灣獨繼覽譜鋪閒閱銀鐵鳳幾塊擔氣幹裡壩郵遞聞鎮裝涼雲頁權碼",
)


@dataclass(frozen=True, slots=True)
class Story:
    """What a correct record of the page says."""

    title: str
    paragraphs: tuple[str, ...]
    language: Language = "zh"

    @property
    def text(self) -> str:
        """As in the record: paragraphs joined by one blank line."""
        return "\n\n".join(self.paragraphs)


def write_story(seed: str, title: str | None = None, language: Language = "zh") -> Story:
    """The story of a name: four paragraphs of three sentences."""
    dice = random.Random(f"{language}/{seed}")
    number = int(random.Random(seed).random() * 9_000_000) + 1_000_000
    if language == "en":
        head = f"{dice.choice(_EN_PLACES)} {dice.choice(_EN_HEADS)} with the help of {number} stamps"
        sentences = [_say_in_english(dice) for _ in range(12)]
        glue = " "
    else:
        head = f"{dice.choice(_ZH_PLACES)}{dice.choice(_ZH_HEADS)} 惠及{number}人次"
        sentences = [_say_in_chinese(dice) for _ in range(12)]
        glue = ""
        if language == "zh-Hant":
            head = head.translate(_TRADITIONAL)
            sentences = [sentence.translate(_TRADITIONAL) for sentence in sentences]
    paragraphs = tuple(glue.join(sentences[at : at + 3]) for at in range(0, 12, 3))
    return Story(title or head, paragraphs, language)


def _say_in_chinese(dice: random.Random) -> str:
    who = f"{dice.choice(_ZH_PLACES)}的{dice.choice(_ZH_PEOPLE)}{dice.choice(_ZH_TIMES)}"
    return f"{who}{dice.choice(_ZH_DEEDS)}，一共用了{dice.randint(11, 96)}天，{dice.choice(_ZH_TAILS)}"


def _say_in_english(dice: random.Random) -> str:
    first = f"{dice.choice(_EN_PEOPLE)} of {dice.choice(_EN_PLACES)} {dice.choice(_EN_DEEDS)} {dice.choice(_EN_TIMES)}"
    return f"{first}, and it took {dice.randint(11, 96)} days. {dice.choice(_EN_TAILS).rstrip('.')}."


def print_page(
    story: Story,
    *,
    head: str = '<meta charset="utf-8">',
    before: str = "",
    after: str = "",
    site_name: str | None = None,
    title: str | None = None,
) -> str:
    """The story as a page of the paper.

    Args:
        story: what stands on it.
        head: markup in the head, before the title; None of it is added otherwise.
        before: markup between the navigation and the article.
        after: markup between the article and the footer.
        site_name: name of the paper behind the title.
        title: markup of the headline, where it is not simply the escaped title.
    """
    paper = site_name or PAPER[story.language]
    headline = title or escape(story.title)
    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
    home, foot, source = (
        ("Home", "All rights reserved", "Published") if story.language == "en" else ("首页", "版权所有", "来源：")
    )
    printed = f"{source} {DAY} 08:30" if story.language == "en" else f"{DAY} 08:30 {source}{paper}"
    if story.language == "zh-Hant":
        home, foot, printed = (words.translate(_TRADITIONAL) for words in (home, foot, printed))
    return f"""<!DOCTYPE html>
<html lang="{story.language if story.language != "zh" else "zh-CN"}">
<head>{head}<title>{headline}_{escape(paper)}</title></head>
<body>
<div class="nav"><a href="/">{home}</a></div>
{before}<div class="article">
<h1>{headline}</h1>
<div class="info">{printed}</div>
<div class="content">
{body}
</div>
</div>
{after}<div class="footer">{paper} {foot}</div>
</body>
</html>
"""


def print_listing(title: str, links: list[tuple[str, str]], *, head: str = "") -> str:
    """A page of links: (address, what it says)."""
    items = "\n".join(f'<li><a href="{escape(url)}">{escape(says)}</a> <span>{DAY}</span></li>' for url, says in links)
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>{escape(title)}_{PAPER["zh"]}</title>{head}</head>
<body>
<div class="nav"><a href="/">首页</a></div>
<h2>{escape(title)}</h2>
<ul class="list">
{items}
</ul>
<div class="footer">{PAPER["zh"]} 版权所有</div>
</body>
</html>
"""
