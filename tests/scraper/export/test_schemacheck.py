import copy
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.article import Article, Credit, Evidence, Image, Source, json_schema
from scraper.export.schemacheck import SchemaError, compile_schema

CHECK = compile_schema(json_schema())
VALIDATOR = jsonschema.Draft202012Validator(json_schema())

RECORD = Article(
    id="0" * 32,
    credits=[Credit(name="林晚舟", role="reporter")],
    source=Source(name="云岫日报", name_raw="来源：云岫日报", chain=["云岫日报"]),
    date_precision="day",
    images=[Image(url="https://news.example.com/a.png")],
    evidence={"title": Evidence(method="heading")},
).to_dict()

VALUES = st.one_of(
    st.sampled_from([None, [], {}, [None], ["x"], {"name": "x"}, True, "author"]),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=5),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, child in children for place in places(child, (*path, key)))]


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_it_judges_as_jsonschema_does(data: st.DataObject) -> None:
    record = copy.deepcopy(RECORD)
    path = data.draw(st.sampled_from([place for place in places(record) if place]))
    parent = record
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = data.draw(VALUES)
    assert (list(CHECK(record)) == []) == VALIDATOR.is_valid(record)


def test_a_keyword_that_is_not_known_is_refused() -> None:
    with pytest.raises(SchemaError, match="'pattern'"):
        compile_schema({"type": "string", "pattern": "x"})
