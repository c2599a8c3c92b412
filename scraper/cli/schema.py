"""`scraper schema`: the JSON Schema of a record."""

from __future__ import annotations


def schema() -> None:
    """Print the JSON Schema of one output line.

    \b
      scraper schema > article.schema.json
    """
    import json

    from scraper.article import json_schema

    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
