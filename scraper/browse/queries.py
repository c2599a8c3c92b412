"""The two queries of the pages, as SQL that Datasette runs with what stands in the address.

FIND takes ``q``, words with spaces between them that must all occur, and ``"several words"`` as one; ``site``, empty
for all; ``skip``, how many of the newest are left out. Words of three and more characters are looked up in the index of
trigrams; shorter ones are compared with the articles that these leave, or with all of them. So 农业 is found in
现代农业产业园, which neither an index of words nor one of trigrams does.

READ takes ``article``, its id: one row for each field with evidence, the article beside each.
"""

from __future__ import annotations

PAGE = 50
"""Articles of one page of what was found."""

FIND = f"""
WITH asked (q) AS (
    -- Spaces of every kind are one; a backslash stands in no newspaper, and escapes in JSON.
    SELECT replace(replace(replace(replace(spaced, '\\', ' '), char(9), ' '), char(10), ' '), char(13), ' ')
    FROM (SELECT replace(:q, '　', ' ') AS spaced)
),
part (place, text) AS (
    -- What stands at an odd place stood between quotation marks.
    SELECT key, value FROM asked, json_each('[' || replace(json_quote(q), '\\"', '","') || ']')
),
word (word) AS (
    SELECT trim(text) FROM part WHERE place % 2 = 1 AND trim(text) != ''
    UNION
    SELECT value FROM part, json_each('[' || replace(json_quote(text), ' ', '","') || ']')
    WHERE place % 2 = 0 AND value != ''
),
phrase (phrase) AS (
    SELECT group_concat('"' || word || '"', ' ') FROM word WHERE length(word) >= 3
),
candidate (number) AS (
    SELECT rowid FROM search, phrase WHERE phrase IS NOT NULL AND search MATCH phrase
    UNION ALL
    SELECT number FROM article, phrase WHERE phrase IS NULL
),
found (number, total) AS (
    SELECT number, count(*) OVER () FROM article
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
    LIMIT {PAGE} OFFSET max(0, CAST(:skip AS INTEGER))
)
SELECT id, site, date, title, source, authors, first_word, total, at > 31 AS is_cut,
    substr(text, max(1, at - 30), 120) AS extract
FROM (
    SELECT *, instr(lower(text), lower(coalesce(first_word, ''))) AS at
    FROM (
        SELECT *, (SELECT word FROM word WHERE instr(lower(text), lower(word)) LIMIT 1) AS first_word
        FROM article JOIN found USING (number)
    )
)
ORDER BY date DESC, number DESC
"""

READ = """
SELECT article.*, evidence.field, evidence.value, evidence.method, evidence.locator, evidence.raw, evidence.confidence
FROM article LEFT JOIN evidence ON evidence.article = article.number
WHERE article.number = (SELECT number FROM article WHERE id = :article ORDER BY number LIMIT 1)
ORDER BY evidence.place
"""
