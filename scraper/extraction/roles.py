"""Role words: what a page prints beside a person's name, and which role of the record it means."""

from __future__ import annotations

import re

from scraper.article import Role

ROLE_WORDS: dict[str, Role] = {
    # wrote it
    "作者": "author",
    "专栏作者": "author",
    "專欄作者": "author",
    "特约作者": "author",
    "撰文": "author",
    "撰稿": "author",
    "撰稿人": "author",
    "执笔": "author",
    "采写": "author",
    "採寫": "author",
    "文字": "author",
    "评论员": "author",
    "評論員": "author",
    "特约评论员": "author",
    "记者": "reporter",
    "記者": "reporter",
    "特派员": "reporter",
    "特派員": "reporter",
    "通讯员": "correspondent",
    "通訊員": "correspondent",
    "实习生": "intern",
    "實習生": "intern",
    # answers for it
    "责任编辑": "responsible_editor",
    "責任編輯": "responsible_editor",
    "责编": "responsible_editor",
    "責編": "responsible_editor",
    "编辑": "editor",
    "編輯": "editor",
    # everyone else
    "摄影记者": "photographer",
    "攝影記者": "photographer",
    "图片记者": "photographer",
    "摄影": "photographer",
    "攝影": "photographer",
    "摄": "photographer",
    "攝": "photographer",
    "供图": "photographer",
    "图片": "photographer",
    "制图": "illustrator",
    "製圖": "illustrator",
    "绘图": "illustrator",
    "漫画": "illustrator",
    "校对": "proofreader",
    "校對": "proofreader",
    "审核": "reviewer",
    "審核": "reviewer",
    "审校": "reviewer",
    "审读": "reviewer",
    "编审": "reviewer",
    "一审": "reviewer",
    "二审": "reviewer",
    "三审": "reviewer",
    "初审": "reviewer",
    "复审": "reviewer",
    "终审": "reviewer",
    "值班主任": "reviewer",
    "监制": "producer",
    "監製": "producer",
    "制作": "producer",
    "策划": "producer",
    "统筹": "producer",
    "翻译": "translator",
    "翻譯": "translator",
    "编译": "translator",
    "編譯": "translator",
    "译者": "translator",
    "譯者": "translator",
}
"""Chinese role words, simplified and traditional, to the role of the record."""

WESTERN_ROLE_WORDS: dict[str, Role] = {
    "edited": "editor",
    "editing": "editor",
    "photos": "photographer",
    "photo": "photographer",
    "photographs": "photographer",
    "photography": "photographer",
    "pictures": "photographer",
    "foto": "photographer",
    "fotos": "photographer",
    "translated": "translator",
    "illustration": "illustrator",
    "illustrations": "illustrator",
    "illustrated": "illustrator",
    "picture": "photographer",
    "image": "photographer",
    "reviewed": "reviewer",
    "produced": "producer",
}
"""First words of a Western credit line (Photos by, Edited by), lower case, to the role of the record."""

BY_WORDS = (
    "by von par por di door af av från fra od przez от автор autor autora autore auteur author authors "
    "penulis oleh yazar yazan reporter"
).split()
"""Words in front of a writer's name, lower case, in the languages of Europe and a few others."""

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"

QUALIFIER = "(?:特约|特約|实习|實習|见习|見習|首席|高级|全媒体|驻[" + HAN + "]{2,4})"
"""What may stand right in front of a role word and does not change the role."""

ROLE = "(?:" + "|".join(sorted((re.escape(word) for word in ROLE_WORDS), key=len, reverse=True)) + ")"
"""Pattern of any Chinese role word, the longest first."""


def role_of(word: str) -> Role | None:
    """The role that a printed role word means, qualifiers in front of it ignored; None for any other word."""
    for start in range(len(word) if word[:1] > "\u2fff" else 0):
        role = ROLE_WORDS.get(word[start:])
        if role is not None:
            return role
    return WESTERN_ROLE_WORDS.get(word.casefold().split(" ")[0])
