"""What the report says, in English and in Chinese."""

from __future__ import annotations

from scraper.reasons import Reason

FIELDS_ZH = {
    "title": "标题",
    "text": "正文",
    "date_published": "发布时间",
    "authors": "作者",
    "source": "来源",
    "responsible_editors": "责任编辑",
    "section": "栏目",
    "keywords": "关键词",
    "images": "图片",
    "edition": "版面",
}

FIELDS_EN = {
    "title": "Title",
    "text": "Text",
    "date_published": "Date",
    "authors": "Authors",
    "source": "Source",
    "responsible_editors": "Responsible editors",
    "section": "Section",
    "keywords": "Keywords",
    "images": "Images",
    "edition": "Print edition",
}

REASONS_ZH: dict[Reason, str] = {
    Reason.SCHEME: "地址不是 http 或 https",
    Reason.BAD_URL: "地址无法解析",
    Reason.OFF_SITE: "地址不属于本站",
    Reason.BLOCKED_ADDRESS: "主机是内网或本机地址",
    Reason.ROBOTS: "robots.txt 禁止访问",
    Reason.ROBOTS_UNREACHABLE: "robots.txt 返回错误，因此不访问该主机",
    Reason.TRAP: "同类地址过多：日历、会话编号或无尽路径",
    Reason.OF_TRAP: "同属一个已报告的无尽地址",
    Reason.DNS: "主机名无法解析",
    Reason.CONNECT: "主机拒绝连接或无法到达",
    Reason.TLS: "证书或加密连接不被接受",
    Reason.TIMEOUT: "超过时限仍无完整应答",
    Reason.RESET: "应答未完即断开连接",
    Reason.TRUNCATED: "应答不完整",
    Reason.TOO_LARGE: "应答超过大小限制",
    Reason.BOMB: "解压后超过大小限制",
    Reason.BAD_HTTP: "应答不是有效的 HTTP",
    Reason.HTTP_4XX: "服务器表示页面不可用（4xx）",
    Reason.HTTP_5XX: "服务器出错（5xx）",
    Reason.GONE: "服务器表示页面已不存在（404 或 410）",
    Reason.RATE_LIMITED: "服务器要求稍后再来（429 或 503）",
    Reason.REDIRECT_LOOP: "重定向次数过多或循环",
    Reason.EMPTY: "页面没有内容",
    Reason.NOT_HTML: "内容不是 HTML",
    Reason.CHARSET: "字节不符合任何字符集",
    Reason.LISTING: "页面是列表页",
    Reason.SECTION: "页面是栏目页或首页",
    Reason.SEARCH: "页面是搜索结果",
    Reason.EDITION: "页面是电子报的版面页",
    Reason.GALLERY: "页面是图集",
    Reason.VIDEO: "页面是没有文字的视频",
    Reason.FORUM: "页面是论坛、问答或评论",
    Reason.SITE_INFO: "页面介绍网站本身：版权、联系方式、条款",
    Reason.SOFT_404: "状态为 200 的错误提示页",
    Reason.CONTINUATION: "页面是另一页文章的续页",
    Reason.OLDER: "文章早于 --since 指定的日期",
    Reason.NEWER: "文章晚于 --until 指定的日期",
    Reason.NO_TEXT: "没有找到正文",
    Reason.NO_TITLE: "没有找到标题",
    Reason.EXTRACT_TIMEOUT: "解析页面超时",
    Reason.EXTRACT_MEMORY: "解析页面超出内存限制",
    Reason.EXTRACT_CRASH: "解析页面的进程崩溃",
}

EXITS_EN = {
    0: "all well",
    1: "finished, but something needs a look",
    2: "the command line cannot be understood",
    65: "the input cannot be read",
    69: "the site could not be reached",
    70: "the books do not balance, or the program failed",
    74: "the disk is full or cannot be written",
    75: "another run is at work",
    78: "a setting or the profile is wrong",
    130: "stopped by Ctrl-C; what it had is kept",
    143: "stopped; what it had is kept",
}

EXITS_ZH = {
    0: "一切正常，没有遗留",
    1: "已完成，但有情况需要查看",
    2: "命令行有误",
    65: "输入无法读取",
    69: "网站无法访问",
    70: "账目不符，或程序出错",
    74: "磁盘已满或无法写入",
    75: "另一个采集正在进行",
    78: "设置或站点档案有误",
    130: "被 Ctrl-C 中止，已采集的内容保留",
    143: "被终止，已采集的内容保留",
}


def breach_zh(gate: str, found: float, usual: float) -> str:
    """What is not as usual, in Chinese; see `scraper.report.gates.Breach`."""
    kind, _, name = gate.partition("/")
    match kind:
        case "field":
            return f"{FIELDS_ZH.get(name, name)}：本次 {found:.0%} 的记录有此字段，平时 {usual:.0%}"
        case "problems":
            return f"本应有文章的页面中 {found:.0%} 没有得到文章，平时 {usual:.0%}"
        case "doubtful":
            return f"{found:.0%} 的记录既无日期、来源，也无署名，平时 {usual:.0%}"
        case "templates":
            return f"{found:.0%} 的页面与站点档案的模板不符，平时 {usual:.0%}"
        case "charset_trouble":
            return f"{found:.0%} 的页面有乱码迹象，平时 {usual:.0%}"
        case "text_length":
            return f"正文长度的中位数为 {found:.0f} 字，平时 {usual:.0f} 字"
        case _:
            return f"每天新文章 {found:.0f} 篇，平时 {usual:.0f} 篇"
