import json

import pytest

from scraper.article import Article, Credit, Evidence, Image, Source, article_id, hash_text, json_schema, writers


def record() -> Article:
    return Article(
        id=article_id("https://example.org/a"),
        url="https://example.org/a",
        canonical_url="https://example.org/a",
        title="春耕",
        authors=["李明"],
        credits=[Credit(name="李明", role="reporter", role_raw="记者"), Credit(name="王芳", role="photographer")],
        source=Source(name="新华社", name_raw="来源：新华社", url="https://example.com/x", is_reprint=True),
        text="第一段。\n\n第二段。",
        images=[Image(url="https://example.org/1.jpg")],
        evidence={"title": Evidence(method="heading", locator="/html/body/h1", raw="春耕", confidence=0.9)},
    )


def test_a_record_survives_the_way_to_json_and_back() -> None:
    assert Article.from_dict(json.loads(record().to_json_line())) == record()


def test_a_line_has_one_line_end_even_where_the_text_has_unicode_line_separators() -> None:
    line = Article(text="a\u2028b\u2029c\u0085d").to_json_line()
    assert len(line.decode().splitlines()) == 1
    assert json.loads(line)["text"] == "a\u2028b\u2029c\u0085d"


def test_absent_values_are_null_or_empty_lists() -> None:
    plain = Article().to_dict()
    assert plain["title"] is None
    assert plain["authors"] == []
    assert "" not in [value for key, value in plain.items() if key != "id"]


def test_a_key_that_the_record_does_not_have_is_named() -> None:
    with pytest.raises(TypeError, match="Article has no key 'byline'"):
        Article.from_dict({"byline": "x"})


def test_the_schema_describes_and_requires_every_key_in_output_order() -> None:
    schema = json_schema()
    assert list(schema["properties"]) == schema["required"] == list(Article().to_dict())
    assert all("description" in value for value in schema["properties"].values())
    assert schema["$defs"]["Credit"]["properties"]["role"]["enum"][0] == "author"


def test_schema_org_keeps_writers_editors_and_others_apart_and_leaves_out_what_is_absent() -> None:
    mapped = record().to_schema_org()
    assert mapped["author"] == [{"@type": "Person", "name": "李明"}]
    assert [role["roleName"] for role in mapped["contributor"]] == ["photographer"]
    assert mapped["isBasedOn"] == "https://example.com/x"
    assert "editor" not in mapped
    assert "datePublished" not in mapped


def test_the_id_of_an_article_depends_on_its_canonical_url_alone() -> None:
    assert article_id("https://example.org/a") == hash_text("https://example.org/a")
    assert len(article_id("https://example.org/a")) == 32


def test_a_correspondent_beside_a_reporter_is_no_author():
    credits = [Credit(name="何苗", role="reporter"), Credit(name="丁澜", role="correspondent")]
    assert [credit.name for credit in writers(credits)] == ["何苗"]


def test_correspondents_on_their_own_are_the_authors():
    credits = [Credit(name="丁澜", role="correspondent"), Credit(name="季白", role="photographer")]
    assert [credit.name for credit in writers(credits)] == ["丁澜"]


def test_a_correspondent_who_is_no_author_is_a_contributor_in_schema_org():
    article = Article(
        authors=["何苗"], credits=[Credit(name="何苗", role="reporter"), Credit(name="丁澜", role="correspondent")]
    )
    assert [role["roleName"] for role in article.to_schema_org()["contributor"]] == ["correspondent"]
