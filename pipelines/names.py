"""Names of persons out of a printed byline: pure functions.

記者 and 通讯员 in front, affiliations around, separators between the names or none at all, spaces inside a name:
`parse_people` takes the string apart. What is no person (an agency, a site, a column, a login) is left out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pipelines.surnames import COMMON_SURNAMES, COMPOUND_SURNAMES, SURNAMES
from pipelines.western_names import by_word, western_names
from scraper.article import Role
from scraper.extraction.people import TEXT_AND_PICTURES
from scraper.extraction.roles import HAN, QUALIFIER, ROLE, role_of

__all__ = ["Person", "is_outlet", "parse_people"]


@dataclass(slots=True, frozen=True)
class Person:
    """A person read out of a byline."""

    name: str
    role: Role
    role_raw: str | None = None
    affiliation: str | None = None


_EAST = re.compile(rf"[{HAN}\u3040-\u30ff\uac00-\ud7af]")
_ROLE = re.compile(
    rf"(?P<qualifier>{QUALIFIER}*)(?P<role>{ROLE}|(?<![{HAN}])[文图圖](?=\s?[/|\\])|/[图圖]$)\s?[:：/|\\]*"
)
_OUTLET_END = re.compile(
    r"(?:网|網|报|報|报社|報社|社|电视台|電視台|电台|在线|在線|频道|頻道|周刊|週刊|杂志|雜誌|新闻|新聞|中心|编辑部|編輯部|客户端|传媒|"
    r"全媒体|融媒体|部|局|厅|廳|委|院|校|大学|公司|集团|协会|学会|研究所|研究院|分社|总站|发布|公众号|工作室|法院|检察院|讯|訊|电|電|半月谈)$"
)
_NO_NAME = re.compile(
    r"综合|綜合|整理|报道|報道|報導|本报|本報|本刊|本网|本站|专稿|特稿|通讯$|来源|來源|新闻|新聞|网友|網友|编辑|編輯|记者|記者|作者|摄影|攝影|资料|資料|"
    r"图片|圖片|原标题|转载|转自|消息|频道|责任|责编|佚名|匿名|未知|不详|热线|电话|版权|声明|如图|翻攝|提供|日電|即時|财经|財經|专栏|專欄|"
    r"小编|翻拍|供图|视频|下同|上图|下图|图为|左图|右图|完$|上接|下转|讯$|《|》"
)
_TAIL = re.compile(
    r"(?:[/／、\s]*(?:采写|採寫|撰写|撰文|整合|综合|綜合|整理|编译|編譯|报道|報道|報導|摄影报道|攝影報導|"
    r"文并图|文/图|文图|/文|发自[\w ]*|翻攝)"
    rf"|[/／、\s]+[{HAN}]{{2,6}}\s?(?:报道|報道|報導|即時報導|綜合報導))+$"
)
_SEPARATORS = re.compile(r"[、,，;；&＆/／|｜\\+]|\s(?:和|与|與)\s")
_PLACES = (
    "北京 上海 天津 重庆 香港 澳门 中国 中央 国家 清华 复旦 台北 新北 桃園 台中 台南 高雄 基隆 新竹 苗栗 彰化 "
    "南投 雲林 嘉義 屏東 宜蘭 花蓮 台東 澎湖 金門 馬祖 華盛頓 紐約 東京 首爾 曼谷 倫敦 巴黎 柏林 舊金山 洛杉磯 新加坡"
).split()
_WIRE = re.compile(
    rf"^(?P<outlet>[{HAN}]{{2,6}}?)(?P<role>記者|特派員)(?P<rest>[{HAN}]{{4,16}})\d{{1,2}}日[{HAN}]{{0,4}}電$"
)
_CODE = re.compile(r"_(?:[A-Za-z]{1,4})?\d+$")
_FOREIGN = re.compile(rf"^[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}})+$")


def parse_people(raw: str, role: Role = "author", *, labelled: bool = True) -> list[Person]:
    """The persons that a printed string names, in order, each once for a role.

    Args:
        raw: the string as printed, label and role words included.
        role: what a name without a role word is.
        labelled: whether a label or role word vouches that names follow; without one a Chinese name must begin
            with a known surname.

    Returns:
        An empty list where nobody is named.
    """
    return list(_parse_people(raw, role, labelled))


@lru_cache(maxsize=512)  # each candidate is asked for several times, and the writers of a site come again
def _parse_people(raw: str, role: Role, labelled: bool) -> tuple[Person, ...]:
    text = unicodedata.normalize("NFKC", raw).strip()
    if re.search(r"[\uac00-\ud7af]", text):
        found = _korean(text, role)
    elif _EAST.search(text):
        found = _chinese(text, role, labelled)
    else:
        found = [Person(name, role, by_word(text)) for name in western_names(text)]
    unique: dict[tuple[str, str], Person] = {}
    for person in found:
        unique.setdefault((person.name, person.role), person)
    return tuple(unique.values())


def is_outlet(text: str) -> bool:
    """Whether a string looks like the name of a newspaper, an agency, a site or another house."""
    return bool(_OUTLET_END.search(text.strip()))


def _korean(text: str, role: Role) -> list[Person]:
    names = re.findall(r"[\uac00-\ud7af]{2,4}(?=\s*(?:기자|특파원|논설위원|에디터|$|[,·/]))", text)
    return [Person(name, role) for name in names if not re.search("뉴스|일보|신문|기자|편집|방송", name)]


def _chinese(text: str, role: Role, labelled: bool) -> list[Person]:
    wire = _WIRE.match(text.strip("() "))
    if wire:
        return [Person(_before_place(wire["rest"]), "reporter", wire["role"], wire["outlet"])]
    text = text.strip(" ()[]【】<>。.:：,，、")
    both = TEXT_AND_PICTURES.search(text)
    if both and both.start():
        wrote = _chinese(text[: both.start()], role, labelled)
        return [*wrote, *(Person(person.name, "photographer", both[1], person.affiliation) for person in wrote)]
    roles = list(_ROLE.finditer(text))
    trailing = re.search(r"[摄攝]$", text)
    if not roles:
        names = _names(_TAIL.sub("", text), labelled)
        return [Person(name, role, None, affiliation) for name, affiliation in names]
    persons: list[Person] = []
    affiliation = _affiliation(text[: roles[0].start()])
    if (not affiliation and roles[0].start() and roles[0] is not roles[-1]) or trailing:
        persons += [Person(name, role) for name, _ in _names(text[: roles[0].start()], labelled=False)]
    for match, following in zip(roles, [*roles[1:], None], strict=True):
        word = match["qualifier"] + match["role"].strip("/")
        region = text[match.end() : following.start() if following else len(text)]
        own = _word_role(match["role"], word, role)
        names = _names(_TAIL.sub("", region), labelled=True)
        persons += [Person(name, own, word, inner or affiliation) for name, inner in names if name]
        affiliation = _affiliation(region.split(" ")[-1]) or None
    if trailing and persons:
        persons = [Person(p.name, "photographer", trailing[0], p.affiliation) for p in persons]
    return persons


def _word_role(word: str, printed: str, default: Role) -> Role:
    if word == "文":
        return "author"
    if word.strip("/") in ("图", "圖"):
        return "photographer"
    if word in ("记者", "記者") and printed.startswith(("实习", "實習")):
        return "intern"
    return role_of(word) or default


def _affiliation(text: str) -> str | None:
    """The house in front of a role word: 南海网 in 南海网记者."""
    text = text.strip(" ()/|、,:").split(" ")[-1]
    return (
        text if 2 <= len(text) <= 16 and re.fullmatch(rf"[{HAN}A-Za-z·]+", text) and not _is_name(text, False) else None
    )


def _before_place(text: str) -> str:
    """A name glued to the place of a dateline: 邱俊欽 in 邱俊欽桃園."""
    for place in _PLACES:
        at = text.find(place, 2)
        if 2 <= at <= 4:
            return text[:at]
    return text[:3] if len(text) >= 5 else text[:2]


def _names(text: str, labelled: bool) -> list[tuple[str, str | None]]:
    """Names in a string without role words, each with an affiliation printed beside it."""
    names: list[tuple[str, str | None]] = []
    text = re.sub(r"[(\[【<].*?(?:[)\]】>]|$)", " ", text)
    for part in _SEPARATORS.split(text):
        affiliation: str | None = None
        for token in _join_spaced(part.split()):
            token = _CODE.sub("", token.strip(" .。:：-—·*※"))
            if not token:
                continue
            if is_outlet(token) and not (labelled and len(token) <= 3 and token[0] in SURNAMES and token[-1] in "网社"):
                affiliation = token
            elif _is_name(token, labelled):
                names.append((token, affiliation))
            elif len(token) >= 4 and re.fullmatch(rf"[{HAN}]+", token):
                names += [(name, affiliation) for name in _unglue(token)]
    return names


def _join_spaced(tokens: list[str]) -> list[str]:
    """Single characters next to each other belong to one name: 蒋 凌."""
    joined: list[str] = []
    open_name = False
    for token in tokens:
        single = len(token) == 1 and bool(re.match(f"[{HAN}]", token))
        if single and open_name:
            joined[-1] += token
            open_name = False
        elif single and joined and joined[-1] in COMPOUND_SURNAMES:
            joined[-1] += token
        else:
            joined.append(token)
            open_name = single
    return joined


def _is_name(token: str, labelled: bool) -> bool:
    if _FOREIGN.match(token):
        return True
    if not re.fullmatch(rf"[{HAN}]{{2,4}}", token) or _NO_NAME.search(token) or is_outlet(token):
        return False
    if token[:2] in COMPOUND_SURNAMES:
        return len(token) in (3, 4)
    if token[0] in SURNAMES and len(token) <= 3:
        return True
    return labelled and len(token) <= 4 and not (len(token) == 4 and _unglue(token))


def _unglue(token: str) -> list[str]:
    """Names without anything between them, or one name with its post glued behind: 谭飞王艳明闫鹃, 方敏北京大学教授."""
    if _NO_NAME.search(token):
        return []
    for size in (3, 2):
        if token[0] in SURNAMES and token[size : size + 2] in _PLACES:
            return [token[:size]]
    best: list[tuple[int, list[str]] | None] = [(0, [])] + [None] * len(token)
    for end in range(2, len(token) + 1):
        for size in (3, 2, 4):
            before = best[end - size] if end >= size else None
            if before is None:
                continue
            name = token[end - size : end]
            cost = before[0] + _cost(name)
            if cost < before[0] + _NEVER and (best[end] is None or cost < best[end][0]):  # type: ignore[index]
                best[end] = (cost, [*before[1], name])
    names = best[-1][1] if best[-1] else []
    return names if not is_outlet(token) else []


_NEVER = 100


def _cost(name: str) -> int:
    """How unlikely two to four characters are a name: common family names cost least."""
    if name[:2] in COMPOUND_SURNAMES:
        return 1 if len(name) > 2 else _NEVER
    if len(name) > 3 or name[0] not in SURNAMES:
        return _NEVER
    return 2 if name[0] in COMMON_SURNAMES else 5
