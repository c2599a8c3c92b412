"""What stands with the text and is none: bylines, editor lines, share bars, disclaimers, related lists.

Each pattern is a convention of print or of news sites, and matches a whole line; prose that only mentions such words
stays. What the lines say about people and sources was read before, from the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from scraper.extraction.dateforms import find_dates
from scraper.extraction.lines import width
from scraper.extraction.reading import Block
from scraper.extraction.titlekeys import title_key

LONGEST_LINE = 160
"""Furniture lines are shorter, in characters; disclaimers are bound by their own opening words."""
LONGEST_TITLE = 400
LONGEST_DATED = 90
"""A line of date and byline is no longer, in characters."""

_OPEN, _CLOSE = r"[（(\[【〔<>|·•■◆▲\s]*", r"[）)\]】〕|\s]*"
_HAN = r"\u3400-\u9fff"
_CREDIT_WORDS = (
    rf"(?:[{_HAN}]{{2,6}}网|网络|值班|实习|见习|本网|本报|本期|本版|版面|新媒体|微信|执行|责任|責任)?(?:编辑|編輯)|责编|責編|主编|"
    "编审|编校|校对|校對|审核|審核|审校|审读|初审|复审|终审|[一二三]审|监制|監製|统筹|策划|值班主任|制图|美编|翻译|编译|"
    "作者|撰文|撰稿|采写|文字|摄影|记者|通讯员|供稿|供图|图片|录入|排版"
)
_CREDIT_LINE = re.compile(rf"^{_OPEN}(?:{_CREDIT_WORDS})\s?[:：|｜/／]\s*[^。！？!?]{{0,70}}$")
_NAME = rf"(?:(?:本报|本刊|特约|见习|实习)?(?:记者|通讯员|评论员|文/|图/)?\s?[{_HAN}](?:[{_HAN}·]{{1,3}}|\s[{_HAN}]))"
_WORK = r"(?:文\s?[/／]\s?[图圖摄攝]|[图圖]\s?[/／]\s?文|摄影报道|攝影報導|图文报道|圖文報導|[摄攝])"
"""What the persons named in front did: the text and the pictures, or the pictures."""
_BYLINE = re.compile(
    rf"^(?:[□■◇◆●◎○▲△]\s*{_NAME}(?:[、，/\s]+{_NAME}){{0,7}}(?:[/／\s]+{_WORK})?"
    rf"|{_OPEN}(?:图文|文图|图|文|撰文|摄|摄影|漫画)\s?[/／|\\]+\s?[^，。！？]{{2,40}}"
    rf"|{_OPEN}(?:[{_HAN}A-Za-z·]{{0,12}})(?:记者|記者|通讯员|通訊員|评论员|評論員|特派员|特約記者)"
    rf"(?:[\s/／|:：、]*[{_HAN}A-Za-z·]{{1,5}}){{0,8}}(?:[\s/／]+(?:文|摄|文/图|摄影报道|报道|報導))?{_CLOSE})$"
)
_WORD = r"[A-ZÀ-Þ][\w'’.-]+"
_MORE_WORDS = rf"{_WORD}(?:\s+{_WORD}){{1,3}}"
_POST = (
    rf"(?:(?:{_WORD}|staff|senior|chief|special|political|foreign|business|sports|contributing)\s+){{0,3}}"
    r"(?i:writer|correspondent|editor|reporter|columnist|contributor)s?"
)
_WESTERN_BYLINE = re.compile(
    rf"^(?:By|BY|Von|Par|Por|Da|Di|Autor:|Text:)\s+{_WORD}(?:\s+{_WORD}){{0,3}}"
    # Right behind a comma a single word is no name: By Land, Sea and Air.
    rf"(?:,\s+{_MORE_WORDS}|,?\s+(?:and|und|et|y|e|&)\s+{_WORD}(?:\s+{_WORD}){{0,3}}){{0,6}}"
    rf"(?:(?:\s*[,|–-]\s*|\s+){_POST})?$"
)
_LABEL = r"(?:posted|published|updated|modified)"
_DATE_WORD = re.compile(
    rf"(?<![\w-])(?:(?:(?:first|last) )?{_LABEL}|on|at|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}"
    r"|\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b)?(?:\s[A-Z]{2,4})?)(?![\w-])",
    re.IGNORECASE,
)
"""What stands with a date: its label, the day of the week, a time without a date."""
_BETWEEN = " ,;:|/•·–—-.()"
_CLOSING_NAME = re.compile(
    rf"^[（(]\s*[{_HAN}]\s?[{_HAN}·]{{1,9}}(?:[、，\s]+[{_HAN}]\s?[{_HAN}·]{{1,9}}){{0,4}}\s*[）)]$"
    rf"|^[（(]?{_NAME}(?:[、，\s]+{_NAME}){{0,4}}[/／\s]+{_WORK}[）)]?$"
)
_GLUED_BYLINE = re.compile(rf"(?<=[。！？”…）)])\s*(?:图文|文图|文|撰文)\s?[/／|\\]+\s?[{_HAN}A-Za-z·、 ]{{2,24}}$")
_SENTENCE_END = re.compile(r"[。！？!?.…][”’\"'」』）)»]*$")
_SAYS = re.compile(r"[说說称稱问問道]|[。！？，]")
_SOURCE_LINE = re.compile(
    rf"^{_OPEN}(?:(?:本文|文章|稿件|信息|新闻|消息|内容|原文)?(?:来源|來源|稿源|出处)\s?[:：|｜].{{0,60}}"
    r"|(?:Source|Quelle|Fuente|Fonte|Bron|Kilde|Källa|Lähde|Źródło|Zdroj|Πηγή|Источник|出典|출처)\s?[:：]\s?.{0,60}"
    rf"|(?:原标题|原题|原標題|原题为|原標題為)\s?[:：为]?\s?[《“\"].{{2,80}}|(?:原标题|原標題)[:：].{{2,80}}){_CLOSE}$"
)
_INFO_LINE = re.compile(
    r"^.{0,30}?(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?\s*(?:(?:星期|周)[一二三四五六日天])?\s*"
    r"(?:\d{1,2}[:：时]\d{2}(?:[:：分]\d{2})?秒?)?(?:\s.{0,60})?$"
)
_TOOLS = re.compile(
    rf"^{_OPEN}(?:分享(?:到|至|给|让更多人看到|按钮)|转发(?:到|至)|转载到|收藏(?:本文)?{_CLOSE}$|打印|纠错|网摘|推荐给|我要(?:评论|纠错|分享)"
    r"|参与互动|大\s*中\s*小|小\s*中\s*大|[小大]?字[号体體號]|【?字[号体]|用微信扫|微信扫一扫|扫一扫|扫码|扫描(?:下方|上方)?二维码|长按|关注.{0,16}(?:公众号|微信|微博)"
    r"|下载.{0,16}(?:客户端|APP)|手机看新闻|用手机|点击(?:图片|进入|查看|这里|下载|右上角)|返回.{0,12}首页|回到顶部|更多\S{0,12}(?:>>|»)|更多精彩"
    r"|更多.{0,20}请(?:进入|关注|点击|访问)"
    r"|加入收藏|设为首页|标签\s?[:：]|(?:本文|所属)?栏目\s?[:：]|(?:\S{0,6}热门)?关键[词字]\s?(?:[:：]|$)|\d*\s?人?参与|\d+\s?条?评论|正有\s?\d*\s?(?:人|位|条)"
    r"|查看跟帖|我来说两句|网友评论|所有评论仅代表|您(?:所|正在)(?:浏览|瀏覽)的"
    r"|上一[页篇頁]|下一[页篇頁]|余下全文|阅读全文|全文阅读|展开全文"
    # What counters (comments, readers) print before their script has filled them: 0|||.
    r"|\d*\s?\|{2,}\s*$)"
)
_PAGER = re.compile(r"^[\[【\s]*(?:(?:上一?页|下一?页|首页|末页|尾页|\d{1,3}|[\[\]【】>><<«».…|\s])+)$")
_CONTACT = re.compile(
    rf"^{_OPEN}.{{0,12}}(?:热线|熱線|举报|報料|报料|爆料|投诉|投稿|联系|咨询|客服|编辑部|广告|传真|邮箱|电话"
    rf"|電話)[^，。]{{0,10}}[:：\s]*[(（]?[\d+@A-Za-z].{{0,90}}$"
    rf"|^{_OPEN}\S{{0,12}}(?:报料|爆料)(?:平台|热线|电话).{{0,40}}$"
)
_DISCLAIMER = re.compile(
    rf"^{_OPEN}(?:免责声明|免責聲明|版权声明|版權聲明|特别声明|郑重声明|法律声明|声明[:：]|凡(?:注明|本网|本報|本报|来源|署名)|以上(?:内容|文章|言论|信息).{{0,8}}(?:仅|不)"
    r"|本(?:文|版).{0,10}(?:仅代表|僅代表|不代表|纯属|謹代表)|(?:本文|本稿|稿件).{0,16}(?:版权|授权)|未经.{0,12}(?:授权|许可|同意|书面)|转载(?:请|須|须"
    r"|必须)|转载.{0,10}注明|版权所有|版權所有|著作權所有"
    r"|[（(]?本文来自|[（(]?(?:本文系|该文为).{0,20}(?:独家|原创|作者)|互联网新闻信息服务许可证|网上传播视听|.{0,3}ICP备|.{0,3}ICP证|.{0,4}公网安备|Copyright|©"
    r"|(?:we|this (?:web)?site)(?: and our partners)? uses? cookies"
    r"|when you visit (?:our|any) web ?site, (?:we|it)(?: may)? store|if you are a california (?:consumer|resident),"
    r"|(?:disclaimer|disclosure)\s?:|this (?:article|post|page) (?:may )?contains? affiliate links"
    r"|(?:we|i)(?: may)?(?: earn|receive) (?:an? )?(?:\w+ )?commissions? "
    r"|if you (?:buy|purchase) .{0,40}through .{0,30}links?\b"
    r"|as an amazon associate\b|(?:the |this )?(?:content|material|information|blog post|article)\b[^.]{0,60} for"
    r" (?:general )?information(?:al)? purposes|[^.]{0,80}\bnot (?:intended )?(?:to replace|(?:as )?a substitute for)"
    r" (?:the |professional )?(?:professional |medical )?advice"
    r"|All rights reserved|Alle Rechte vorbehalten|Tous droits réservés|Todos los derechos reservados"
    r"|Все права защищены|Wszelkie prawa zastrzeżone)",
    re.I,
)
_WESTERN = re.compile(
    r"^(?:advertisement|advertising|anzeige|publicité|publicidad|werbung|реклама|reklama|διαφήμιση"
    r"|(?:read|see|watch|learn) (?:more|also|next|now)\b.{0,100}|also read\b.{0,100}|related(?: articles?"
    r"| stories| news| posts?| links?| topics?)?:?"
    r"|lesen sie (?:auch|mehr|hier)\b.{0,100}|mehr zum thema:?.{0,60}|lire aussi\b.{0,100}"
    r"|à lire aussi\b.{0,100}|leer también\b.{0,100}|leggi anche\b.{0,100}|leia (?:mais|também)\b.{0,100}"
    r"|читайте также\b.{0,100}|czytaj (?:też|także|więcej)\b.{0,100}|zobacz (?:też|także)\b.{0,100}"
    r"|διαβάστε (?:επίσης|ακόμα)\b.{0,100}|l[eæ]s også\b.{0,140}|läs (?:också|även|mer)\b.{0,140}"
    r"|lees (?:ook|meer)\b.{0,140}|lue myös\b.{0,140}|baca juga\b.{0,140}|xem thêm\b.{0,140}|ler também\b.{0,140}"
    r"|share(?: (?:this|on|via|with).{0,40})?|(?:tweet|print|e-?mail|comments?|save|follow"
    r"|copy link)(?: (?:this|us|article|story)\b.{0,30})?"
    r"|follow .{0,40} on (?:twitter|facebook|instagram|x)\b.{0,30}|sign up (?:for|to) .{0,100}|subscribe (?:to"
    r"|now|for) .{0,100}|click here (?:to|for) .{0,100}"
    # MORE: and RELATED: with a headline; "Article content" is printed for screen readers between advertisements.
    r"|(?:more|related) ?[:|] .{0,140}|article content|auch interessant|up next"
    r"|(?:story|article) continues below.{0,40}|scroll to continue.{0,20}|loading\W*|skip (?:to"
    r"|advertisement).{0,40}|\d+ comments?|view comments?|leave a comment)\W*$",
    re.I,
)
_EMBEDDED = re.compile(
    # What stands in the place of a player, and before a reader allows what comes from elsewhere.
    r"^(?:to view this video please enable javascript|(?:sorry, )?your browser (?:does not|doesn['’]t) support"
    r"|empfohlener (?:redaktioneller|externer) inhalt|an dieser stelle finden sie .{0,80}\binhalt"
    r"|ich bin damit einverstanden, dass mir .{0,20}extern\w* inhalt|externen? inhalte? (?:anzeigen|laden|zulassen)"
    r"|um eingebettete inhalte anzuzeigen, ist "
    # The last lines of the posts that Instagram and Twitter hand out.
    r"|view this post on instagram|(?:a post|ein beitrag|une publication|una publicación) (?:shared by|geteilt von"
    r"|partagée par|compartida (?:por|de)) .{2,60}\(@\w|[—–-] .{2,60} \(@\w{2,20}\)"
    r"|this is a (?:breaking|developing) (?:news )?story\b.{0,80}$|\d{1,2} min(?:ute)?s? read$"
    r"|(?:follow|add) .{2,60}\b(?:google news|preferred source)\b)",
    re.I,
)
_INVITATION = re.compile(
    r"(?:^|[.!?:,;–-]\s|\bby )(?:sign(?:ing)? up|subscrib(?:e|ing)) (?:for|to) .{0,50}\bnewsletter"
    r"|^thank you for subscribing\b|\bnewsletter\b.{0,40}\b(?:abonnieren|anmelden)\b|^abonnez-vous\b.{0,60}\bnewsletter"
    r"|^(?:suscríbete|iscriviti)\b.{0,60}\bnewsletter",
    re.I,
)
"""Into a newsletter, wherever it stands."""
_TO_READERS = re.compile(
    r"\b(?:our|your?|sie|ihre?\w?|deine?\w?|du|unser\w*|abonn\w+|vous|votre|notre|nos|nuestr\w+|nostr\w+)\b",
    re.I,
)
_PHOTO_CREDIT = re.compile(
    r"^[\[(]?(?:image|photo|picture|foto|bild|illustration)s?(?: (?:credit|courtesy|source))?\s?[:|]\s?[^.!?]{2,60}$",
    re.I,
)
"""Whose picture it is: Photo: Jane Doe. Its caption may stay, for nothing tells it from a paragraph."""
_RELATED_HEAD = re.compile(
    rf"^{_OPEN}(?:相关(?:新闻|阅读|链接|报道|专题|文章|推荐|内容|资讯)|相關(?:新聞|閱讀|連結|報導)|延伸(?:阅读|閱讀)|推荐(?:阅读|新闻|文章)|更多(?:新闻|阅读|报道)"
    rf"|热门(?:新闻|推荐|文章|评论|排行)"
    rf"|(?:新闻|点击|阅读|本周|今日)排行|猜你喜欢|为[您你]推荐|编辑推荐|最新(?:新闻|文章|消息)|[{_HAN}]{{2,6}}新闻精选|精彩推荐|图片新闻|查看更多|上一篇|下一篇)"
    r"(?:更多)?[\s:：>》…\]】)）]*$"
    r"|^(?:related (?:articles?|stories|news|posts?|links?|content)|more (?:stories|news|from|on this)\b.{0,40}"
    r"|most (?:read|popular|viewed)|recommended(?: for you)?|you (?:may|might) also like"
    r"|trending(?: now)?|latest (?:news|stories)|mehr zum thema|das könnte sie auch interessieren|à lire aussi"
    r"|sur le même sujet|te puede interesar|notas relacionadas"
    r"|читайте также|по теме|другие новости|σχετικά (?:άρθρα|θέματα)|διαβάστε επίσης|zobacz także|czytaj także"
    r"|powiązane artykuły|関連(?:記事|ニュース)|관련기사)\W*$",
    re.I,
)
_INLINE_END = re.compile(
    rf"\s*(?:[（(\[【]\s*(?:{_CREDIT_WORDS}(?<!记者)(?<!作者)(?<!通讯员))\s?[:：|｜]\s*[^（()）\]】。]{{0,40}}[）)\]】]|(?:责任编辑"
    rf"|責任編輯|责编)\s?[:：]\s*[^，。]{{0,24}}"
    r"|[\[【（(](?:详细|详情|全文|更多|查看全文)[\]】）)])\s*$"
)
_BRACKETS, _END_SIGNS = frozenset("）)]】"), frozenset("）)完")
"""The last characters of what the two patterns find."""
_END_MARK = re.compile(r"\s*(?:[（(]\s?(?:完|全文完|本文完|未完待续|待续)\s?[）)]|(?<=[。！？”])完)\s*$")


def is_furniture(text: str) -> bool:
    """Whether a whole line is furniture wherever it stands."""
    if len(text) <= LONGEST_LINE and (
        _CREDIT_LINE.match(text)
        or _TOOLS.match(text)
        or _PAGER.match(text)
        or _CONTACT.match(text)
        or _SOURCE_LINE.match(text)
        or _WESTERN.match(text)
        or _RELATED_HEAD.match(text)
        or _PHOTO_CREDIT.match(text)
        or _INVITATION.search(text)
    ):
        return True
    return bool(_DISCLAIMER.match(text) or _EMBEDDED.match(text))


def is_byline(text: str) -> bool:
    """Whether a whole line names writers and says nothing: □张三、李四, 本报记者 张三, By Jane Doe, Staff Writer."""
    if len(text) > 80:
        return False
    # 摄影报道 holds the 道 that tells speech.
    said = re.sub(rf"{_WORK}$", "", text)
    return bool(_WESTERN_BYLINE.match(text) or (_BYLINE.match(text) and not _SAYS.search(said)))


def cut_furniture(blocks: list[Block], titles: Iterable[str | None]) -> list[Block]:
    """The blocks of an article without what belongs to the page around it.

    Args:
        blocks: the body as it was read.
        titles: headline, kicker and subtitle, whose repetition at the head or the end of the body goes out.
    """
    # A standfirst is a sentence and part of the text; a headline, a kicker and a subtitle end without a full stop.
    printed = {title_key(title) for title in titles if title and not title.rstrip().endswith((".", "。"))}
    keys = printed - {""}
    kept = _cut_head(_cut_related(blocks), keys)
    kept = [block for block in kept if not is_furniture(block.text)]
    kept[-3:] = [block for block in kept[-3:] if not _invites(block.text)]
    while kept and _is_behind_the_text(kept[-1], keys):
        kept.pop()
    kept = [_without_inline_end(block) for block in kept]
    if kept:
        text = _GLUED_BYLINE.sub("", kept[-1].text)
        kept[-1] = replace(kept[-1], text=_END_MARK.sub("", text) if text.rstrip()[-1:] in _END_SIGNS else text)
    return [block for block in kept if block.text]


def _without_inline_end(block: Block) -> Block:
    """A block without an editor or a link to the whole text at its end."""
    text = block.text
    # What goes out names an editor or ends with a bracket.
    if not ("责" in text or "責" in text or text.rstrip()[-1:] in _BRACKETS):
        return block
    return replace(block, text=_INLINE_END.sub("", text))


def _invites(text: str) -> bool:
    """Whether one of the last lines speaks to the reader of a newsletter."""
    return len(text) <= 2 * LONGEST_LINE and "newsletter" in text.lower() and _TO_READERS.search(text) is not None


def _is_behind_the_text(block: Block, keys: set[str]) -> bool:
    """Whether a last block is none of the text: a byline, a heading of what comes next, the headline once more."""
    text = block.text
    return block.kind == "heading" or is_byline(text) or bool(_CLOSING_NAME.match(text)) or _repeats(text, keys)


def _repeats(text: str, keys: set[str]) -> bool:
    """Whether a block is one of the titles, given by their keys, once more; a longer block is none."""
    return len(text) <= LONGEST_TITLE and title_key(text) in keys


def _is_dated(text: str, is_first: bool) -> bool:
    """Whether a line is dates, their labels, a byline and nothing else: Posted Mar 6, 2024, By Jane Doe - 6 May 2024.

    A bare day counts above all text only (`is_first`): further down it may head an entry of a chronicle.
    """
    dates = list(find_dates(text)) if len(text) <= LONGEST_DATED else []
    if not dates:
        return False
    ends, starts = [0, *(date.end for date in dates)], [*(date.start for date in dates), len(text)]
    rest = "|".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    name = _DATE_WORD.sub("", rest).strip(_BETWEEN)
    if not name:
        return is_first or dates[0].hour is not None or re.search(_LABEL, rest, re.IGNORECASE) is not None
    return _WESTERN_BYLINE.match(name[0].upper() + name[1:]) is not None


def _cut_head(blocks: list[Block], keys: set[str]) -> list[Block]:
    """Without the repeated titles, the info line and the bylines above the first paragraph."""
    first = 0
    kept: list[Block] = []
    for first, block in enumerate(blocks):
        text = block.text
        if len(kept) >= 3 or first >= 8:
            break
        if _repeats(text, keys) or is_byline(text) or is_furniture(text):
            continue
        if _is_dated(text, is_first=not kept):
            continue
        if len(text) <= LONGEST_DATED and _INFO_LINE.match(text) and not _SAYS.search(text):
            continue
        kept.append(block)
    else:
        return kept
    return [*kept, *blocks[first:]]


def _cut_related(blocks: list[Block]) -> list[Block]:
    """Without the lists that follow a heading such as 相关新闻, up to the next paragraph of prose."""
    kept: list[Block] = []
    is_list = False
    for block in blocks:
        if _RELATED_HEAD.match(block.text):
            is_list = True
        elif is_list and width(block.text) > 90 and _SENTENCE_END.search(block.text):
            is_list = False
        if not is_list:
            kept.append(block)
    return kept
