import json
from pathlib import Path

import jsonschema
import pytest

from scraper.article import Article, json_schema

ROOT = Path(__file__).parent.parent

KEYS = """
    id url requested_url canonical_url title kicker subtitle authors responsible_editors credits source publisher
    date_published date_modified date_precision timezone_basis section breadcrumbs keywords language text images
    edition pages site_records version previous_hash text_hash duplicate_of evidence crawl
""".split()

PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>春耕时节农事忙_要闻_云山日报</title>
</head>
<body><div class="crumbs"><a href="/">首页</a> &gt; <a href="/yw/">要闻</a> &gt; 正文</div>
<h1>春耕时节农事忙</h1><p>2018-03-12 09:15　来源：云山日报　作者：李明</p>
<div class="content"><p>三月的云山，田间地头一派繁忙景象，农民们抢抓农时，翻耕土地，播撒希望的种子。</p>
<p>在青溪镇的万亩稻田里，十几台旋耕机来回穿梭，新翻的泥土散发着清香，村民们正忙着修整田埂、疏通水渠。</p>
<p>镇农技站派出技术人员到田间指导，帮助农户选种育秧，确保今年粮食稳产增收，带动更多乡亲走上致富路。</p>
<p>（责任编辑：王芳）</p></div></body></html>"""


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    return jsonschema.Draft202012Validator(json_schema())


def test_the_keys_stand_in_the_documented_order() -> None:
    assert list(Article().to_dict()) == KEYS


def test_the_committed_schema_is_the_generated_one() -> None:
    assert json.loads((ROOT / "scraper/article.schema.json").read_text(encoding="utf-8")) == json_schema()


def test_an_extracted_record_is_valid(validator: jsonschema.Draft202012Validator) -> None:
    from scraper import extract

    article = extract(PAGE.encode(), "https://www.example.com/2018/0312/1.html")
    assert article is not None
    validator.validate(json.loads(article.to_json_line()))


def test_an_unknown_key_and_an_unknown_role_are_not_valid(validator: jsonschema.Draft202012Validator) -> None:
    credit = {"name": "李明", "role": "chef", "role_raw": None, "affiliation": None}
    assert not validator.is_valid({**Article().to_dict(), "byline": "李明"})
    assert not validator.is_valid({**Article().to_dict(), "credits": [credit]})
