"""Write what is generated from the code: the field glossary, the list of reasons, the JSON Schema.

python docs/generate.py            write the files
python docs/generate.py --check    exit 1 and name the files that are not current
"""

from __future__ import annotations

import json
import sys
import types
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from scraper import article as record
from scraper.article import Article, Credit, Edition, Image, Publisher, Source, json_schema
from scraper.cli.exits import BY_WEIGHT
from scraper.reasons import Reason

ROOT = Path(__file__).resolve().parent.parent

PARTS = (
    Credit,
    Source,
    Publisher,
    Image,
    Edition,
    record.Jump,
    record.SiteRecord,
    record.Evidence,
    record.Crawl,
    record.WarcRef,
)

SAMPLES: dict[str, Any] = {
    "authors": ["A"],
    "responsible_editors": ["E"],
    "credits": [Credit(name="P", role="photographer")],
    "source": Source(name="S", name_raw="S", url="https://example.org/", is_reprint=True),
    "publisher": Publisher(name="P"),
    "keywords": ["k"],
    "breadcrumbs": ["b"],
    "images": [Image(url="https://example.org/1.jpg")],
    "edition": Edition(date="2017-12-28", page="01", page_name="要闻"),
    "pages": ["https://example.org/"],
    "site_records": [],
    "version": 2,
    "evidence": {},
    "crawl": record.Crawl(),
}
"""A value for each field that is no plain string, to see which property of schema.org it becomes."""


def fields_page() -> str:
    """docs/fields.md."""
    lines = [
        "# Fields of a record",
        "",
        "Generated from `scraper/article.py` by `make docs`; the JSON Schema is `scraper/article.schema.json`, which",
        "`scraper schema` prints.",
        'One JSON object a line, UTF-8, keys in this order, absent values `null` or `[]`, never `""`.',
        "The last column is the property of schema.org [NewsArticle](https://schema.org/NewsArticle) that",
        "`Article.to_schema_org()` writes.",
        "",
        "| key | type | meaning | schema.org |",
        "|---|---|---|---|",
    ]
    hints = get_type_hints(Article, include_extras=True)
    for name in (field.name for field in fields(Article)):
        lines.append(f"| `{name}` | {type_name(hints[name])} | {meaning(hints[name])} | {schema_org(name)} |")
    for part in PARTS:
        lines += ["", f"## {part.__name__}", "", (part.__doc__ or "").strip().split("\n")[0], ""]
        if lines[-2].startswith(part.__name__ + "("):  # a dataclass without a docstring documents its signature
            del lines[-2:]
        lines += ["| key | type | meaning |", "|---|---|---|"]
        hints = get_type_hints(part, include_extras=True)
        lines += [f"| `{name}` | {type_name(hint)} | {meaning(hint)} |" for name, hint in hints.items()]
    return "\n".join(lines) + "\n"


def type_name(hint: Any) -> str:
    """The JSON type as people write it: string or null, list of Credit."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return type_name(args[0])
    if origin in (Union, types.UnionType):
        return " or ".join(type_name(arg) for arg in args)
    if origin is Literal:
        return ", ".join(f"`{arg}`" for arg in args)
    if origin is list:
        return f"list of {type_name(args[0])}"
    if origin is dict:
        return f"object of {type_name(args[1])}"
    simple = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}
    return simple.get(hint) or f"[{hint.__name__}](#{hint.__name__.lower()})"


def meaning(hint: Any) -> str:
    """The description that stands beside the type."""
    return str(get_args(hint)[1]) if get_origin(hint) is Annotated else ""


def schema_org(name: str) -> str:
    """Properties that appear in the JSON-LD when this field has a value."""
    bare = Article().to_schema_org()
    filled = Article(**{name: SAMPLES.get(name, "x")}).to_schema_org()
    return ", ".join(f"`{key}`" for key, value in filled.items() if bare.get(key) != value)


def reasons_page() -> str:
    """docs/reasons.md."""
    lines = [
        "# Reasons and exit codes",
        "",
        "Generated from `scraper/reasons.py` and `scraper/cli/exits.py` by `make docs`.",
        "",
        "## Why an address gave no article",
        "",
        "A reason stands in `problems.jsonl`, in the table at the end of a crawl, on the stderr of `scraper extract`.",
        "A *problem* may have cost an article; the others are what a news site is made of besides articles.",
        "",
        "| reason | meaning | problem |",
        "|---|---|---|",
        *(f"| `{reason}` | {reason.describe} | {'yes' if reason.is_problem else ''} |" for reason in Reason),
        "",
        "## Exit codes",
        "",
        "Of every command, after sysexits.h and the shell. Of several sites, as in `scraper harvest`, the worst: the",
        "table goes from the best to the worst.",
        "",
        "| code | meaning |",
        "|---|---|",
        *(f"| {code.value} | {code.describe} |" for code in BY_WEIGHT),
    ]
    return "\n".join(lines) + "\n"


def schema_file() -> str:
    """scraper/article.schema.json."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


GENERATED = {
    "docs/fields.md": fields_page,
    "docs/reasons.md": reasons_page,
    "scraper/article.schema.json": schema_file,
}


def main(check: bool) -> int:
    """Write the files, or name those that are not current."""
    stale = 0
    for path, make in GENERATED.items():
        file, content = ROOT / path, make()
        if file.exists() and file.read_text(encoding="utf-8") == content:
            continue
        stale += 1
        if check:
            print(f"{path} is not current; run `make docs`", file=sys.stderr)
        else:
            file.write_text(content, encoding="utf-8")
            print(f"wrote {path}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
