"""Made news texts: reports that share nothing but the language, and series that share everything but the news."""

from __future__ import annotations

from random import Random

PLACES = (
    "云岫 青石 白沙 长岭 南浦 石桥 梅山 柳塘 东河 西屏 枫林 古渡 银滩 翠屏 双溪 望江 平湖 金坪 松岗 沙洲 "
    "龙泉 凤鸣 罗田 安丰 永和"
).split()
PEOPLE = (
    "林晚舟 陈苇 何远山 苏明 周启航 吴桐 郑丽 王建国 李向东 赵春梅 孙立 钱进 冯晓 唐宁 许诺 韩雪 马超 罗敏 梁栋 宋佳"
).split()
BODIES = (
    "市政府 县委 区人大 教育局 水利局 农业农村局 交通运输局 文化馆 图书馆 医院 供电公司 合作社 村委会 "
    "消防大队 科技局 博物馆 商会"
).split()
THINGS = (
    "灌溉渠 乡村公路 老年食堂 蔬菜大棚 古桥 养老院 小学操场 图书角 垃圾分类站 污水处理厂 茶园 果园 "
    "竹编工坊 湿地公园 数字平台 招聘会 书画展 龙舟赛 读书会 义诊 农产品展 消防演练 电商培训 夜校 体检 "
    "植树 清淤 老街改造 充电桩 公交线路 菜市场 戏台 粮库"
).split()
ACTS = ("建成 启用 改造 验收 开工 推广 调研 检查 举办 完善 扩建 修缮 试行 搬迁 承办 评选 引进 规划 治理 培育").split()
WORDS = (
    "清晨 雨后 山坡 河岸 孩子 老人 农户 游客 工人 志愿者 教师 医生 司机 店主 稻田 水渠 灯光 书架 种子 "
    "订单 资金 图纸 设备 经验 办法 质量 进度 难题 收入 成本 品牌 市场 标准 档案 手艺 班车 帐本 台阶 屋顶 "
    "粮仓 雨棚 窗口 合同 渔船 木料 茶叶 橘子"
).split()
VERBS = ("看见 记得 等待 修好 打开 带来 找到 送到 换成 照亮 守着 算清 学会 讲起 留下 种下 搬进 拆掉 盼着 接通").split()
JOINTS = (
    "于是 同时 此外 今年以来 接下来 据介绍 不久前 几天后 在这里 对他们来说 更重要的是 相比之下 按照计划 从那时起"
).split()
PATTERNS = (
    "{place}{body}{act}{thing}，{word}和{word}都有了着落",
    "“{joint}，我们先把{thing}的{word}弄明白。”{person}指着{word}说",
    "{joint}，{person}{verb}{word}，又{verb}{word}，{thing}的{word}一天比一天清楚",
    "{place}的{word}离{place}有{n}公里，{person}每{m}天走一趟",
    "{joint}{act}了{n}处{thing}，涉及{m}个村的{word}",
    "{person}{verb}那年的{word}，{thing}还没有{act}，{word}要靠人抬",
    "到{m}月底，{place}已有{n}户{word}用上{thing}",
    "{word}少了，{word}多了，{person}给{body}写信时提到{thing}",
    "{body}派人住在{place}，{m}个月里{verb}{word}、{verb}{word}，也{verb}了人心",
    "{thing}{act}以后，{place}的{word}卖到{n}元，{word}不再发愁",
)
EN_WORDS = (
    "harbour bridge council market school library orchard farmer teacher river ferry tram museum hospital "
    "budget road storm winter festival baker student engineer village station theatre garden signal "
    "workshop archive barrel lantern window timber harvest contract ticket meadow quarry mill canal pupil "
    "driver nurse mayor plumber painter editor"
).split()
EN_VERBS = (
    "repaired opened measured painted counted carried promised replaced delayed welcomed moved tested closed".split()
)
EN_NAMES = (
    "Fenmoor Ashby Calder Hollin Marsh Thorne Wexley Brook Larkin Pell Dunmore Harrow Quill Stanton Ives"
).split()
EN_PATTERNS = (
    "The {word} in {name} was {verb} by a {word} after {n} days, and the {word} near the {word} stayed open",
    "{name} {verb} the {word}, said {name}, who has worked at the {word} since the old {word} was {verb}",
    "Residents of {name} asked why the {word} and the {word} had not been {verb} before the {word} came",
    "“We {verb} every {word} we could find,” the {word} told the {word} on a {word} beside the {word}",
    "About {n} people {verb} the {word}, while the {word} of {name} {verb} a second {word} for the {word}",
    "Nobody at the {word} knew which {word} had {verb} the {word}, and the {word} was {verb} again",
)


def make_report(random: Random, english: bool) -> list[str]:
    """Paragraphs of a report of 3 to 12 paragraphs."""
    patterns, stop = (EN_PATTERNS, ". ") if english else (PATTERNS, "。")
    return [
        stop.join(_fill(random, pattern) for pattern in random.choices(patterns, k=random.randint(2, 4))).strip()
        + stop.strip()
        for _ in range(random.randint(3, 12))
    ]


def _fill(random: Random, pattern: str) -> str:
    slots = {
        "place": PLACES, "body": BODIES, "act": ACTS, "thing": THINGS, "person": PEOPLE, "word": WORDS, "joint": JOINTS,
        "verb": VERBS, "name": EN_NAMES,
    }  # fmt: skip
    if "The " in pattern or " the " in pattern:
        slots |= {"word": EN_WORDS, "verb": EN_VERBS}
    for slot, choices in slots.items():
        while "{" + slot + "}" in pattern:
            pattern = pattern.replace("{" + slot + "}", random.choice(choices), 1)
    return pattern.replace("{n}", str(random.randint(12, 980))).replace("{m}", str(random.randint(2, 11)))


def make_series(random: Random, each: int) -> list[list[str]]:
    """Texts that no two of are the same news: `each` of every series, as they come out day after day."""
    return [series(random, number) for series in SERIES for number in range(each)]


def _weather(random: Random, number: int) -> list[str]:
    pick, sky = random.choice, ("晴", "多云", "阴", "小雨", "阵雨", "大雾")
    low, month, day = random.randint(-3, 22), 1 + number // 28 % 12, 1 + number % 28
    return [
        f"云岫市气象台{month}月{day}日17时发布天气预报：今天夜间到明天白天，{pick(sky)}转{pick(sky)}，"
        f"偏{pick('东南西北')}风{random.randint(1, 4)}级，最低气温{low}℃，最高气温{low + random.randint(4, 12)}℃，"
        f"相对湿度{random.randint(30, 60)}%到{random.randint(61, 98)}%。",
        f"未来三天，我市以{pick(sky)}天气为主，{pick(PLACES)}、{pick(PLACES)}一带气温略低，"
        "请市民注意增减衣物，出行注意交通安全，防范森林火险。",
    ]


def _outage(random: Random, number: int) -> list[str]:
    pick, begin = random.choice, random.randint(6, 12)
    return [
        f"因{pick(PLACES)}路供水管网{pick(('改造', '检修', '抢修'))}施工需要，定于{1 + number % 12}月"
        f"{random.randint(1, 28)}日{begin}时至{begin + random.randint(3, 9)}时，{pick(PLACES)}小区、"
        f"{pick(PLACES)}街{random.randint(1, 99)}号至{random.randint(100, 300)}号一带停水。",
        "请以上区域用户提前做好储水准备，关好水龙头，恢复供水时间以实际为准。由此带来不便，敬请谅解。"
        "供水热线：0700-2195100。",
    ]


def _prices(random: Random, number: int) -> list[str]:
    rows = [
        f"{name}每斤{random.randint(2, 40)}.{random.randint(0, 9)}元，"
        f"比昨日{random.choice(('上涨', '下跌'))}0.{random.randint(1, 9)}元"
        for name in ("青菜", "萝卜", "番茄", "猪肉", "鸡蛋", "草鱼")
    ]
    return [
        f"【今日菜价】{1 + number % 12}月{1 + number % 28}日，记者从市价格监测中心了解到，"
        "全市六家农贸市场主要农产品零售均价如下：",
        "；".join(rows) + "。",
        "价格监测人员提醒，近期气温变化较大，部分叶菜价格可能波动，市民可根据需要合理选购。",
    ]


def _stocks(random: Random, number: int) -> list[str]:
    pick, upto = random.choice, random.randint
    return [
        f"The Fenmoor index closed at {upto(2000, 9000)}.{upto(10, 99)} on day {number + 1} of the year, "
        f"{pick(('up', 'down'))} {upto(1, 90)}.{upto(1, 9)} points from the previous session. Shares of "
        f"{pick(EN_NAMES)} {pick(('gained', 'lost'))} {upto(1, 9)}.{upto(1, 9)} percent, while {pick(EN_NAMES)} "
        f"{pick(('rose', 'fell'))} to {upto(10, 400)} a share.",
        "Trading volume was close to the average of the past month. Analysts expect the market to stay calm ahead of "
        "the holiday. The exchange opens again at nine o'clock.",
    ]


def _appointments(random: Random, number: int) -> list[str]:
    pick, names = random.choice, random.sample(PEOPLE, 3)
    return [
        f"据{pick(PLACES)}{pick(BODIES)}消息：经研究决定，{names[0]}任{pick(PLACES)}{pick(BODIES)}副主任，"
        f"{names[1]}任{pick(BODIES)}党组成员，免去{names[2]}的{pick(BODIES)}职务。",
        f"公示期为{1 + number % 12}月{random.randint(1, 20)}日起五个工作日。"
        "公示期间，如有问题请向市委组织部反映，电话12380。",
    ]


def _column(random: Random, number: int) -> list[str]:
    return [
        f"早安，云岫！今天是{1 + number % 12}月{1 + number % 28}日，星期{random.choice('一二三四五六日')}。"
        "以下是今天的新闻早餐。",
        *(f"{index}. {_fill(random, random.choice(PATTERNS))}。" for index in range(1, 7)),
        "以上就是今天的新闻早餐，更多内容请下载云岫新闻客户端，明天同一时间再见。",
    ]


SERIES = (_weather, _outage, _prices, _stocks, _appointments, _column)
