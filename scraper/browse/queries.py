"""The two queries of the pages, as SQL that Datasette runs with what stands in the address.

FIND takes ``q``, words with spaces between them that must all occur, and ``site``, empty for all. Words of three and
more characters are looked up in the index of trigrams; shorter ones are compared with the articles that these leave, or
with all of them. So 农业 is found in 现代农业产业园, which neither an index of words nor one of trigrams does.

READ takes ``article``: one row for each field with evidence, the article beside each.
"""

from __future__ import annotations

MOST_FOUND = 100

FIND = f"""
WITH word (word) AS (
    SELECT DISTINCT value FROM json_each(
        '["' || replace(replace(replace(replace(:q, '\\', '\\\\'), '"', '\\"'), '　', ' '), ' ', '","') || '"]'
    )
    WHERE value != ''
),
phrase (phrase) AS (
    SELECT group_concat('"' || replace(word, '"', '""') || '"', ' ') FROM word WHERE length(word) >= 3
),
candidate (number) AS (
    SELECT rowid FROM search, phrase WHERE phrase IS NOT NULL AND search MATCH phrase
    UNION ALL
    SELECT number FROM article, phrase WHERE phrase IS NULL
),
found (number) AS (
    SELECT number FROM article
    WHERE number IN (SELECT number FROM candidate)
        AND (:site = '' OR site = :site)
        AND NOT EXISTS (
            SELECT 1 FROM word
            WHERE length(word) < 3
                AND instr(lower(coalesce(text, '')), lower(word)) = 0
                AND instr(lower(coalesce(title, '')), lower(word)) = 0
                AND instr(lower(coalesce(authors, '')), lower(word)) = 0
                AND instr(lower(coalesce(source, '')), lower(word)) = 0
        )
    ORDER BY date DESC, number DESC
    LIMIT {MOST_FOUND}
)
SELECT number, site, date, title, source, authors, first_word,
    substr(text, max(1, instr(lower(text), lower(coalesce(first_word, ''))) - 30), 120) AS extract
FROM (
    SELECT *, (SELECT word FROM word WHERE instr(lower(text), lower(word)) LIMIT 1) AS first_word
    FROM article WHERE number IN (SELECT number FROM found)
)
ORDER BY date DESC, number DESC
"""

READ = """
SELECT article.*, evidence.field, evidence.value, evidence.method, evidence.locator, evidence.raw, evidence.confidence
FROM article LEFT JOIN evidence ON evidence.article = article.number
WHERE article.number = CAST(:article AS INTEGER)
ORDER BY evidence.place
"""
