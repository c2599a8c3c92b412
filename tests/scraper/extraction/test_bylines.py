"""The words of bylines, language by language."""

from __future__ import annotations

import pytest

from pipelines import normalize
from scraper.extraction.page import read_page

PROSE = (
    "The last field of the valley was cut on Thursday evening, nine days after the first machine had gone out, and the "
    "farmers of the cooperative sat down to supper in the barn while the rain they had feared began to fall."
)


def authors(byline: str) -> list[str]:
    paragraphs = "".join(f"<p>{number}. {PROSE}</p>" for number in range(1, 4))
    page = f"""<html><title>Last field cut</title><body><article><h1>Last field of the valley is cut</h1>
    <p>{byline}</p>{paragraphs}</article></body></html>"""
    return normalize(read_page(page, "http://www.fenmoor.example/a/1.html")).article.authors


@pytest.mark.parametrize(
    "byline",
    [
        "Story and photos by Ada Marsh",
        "Submitted by Ada Marsh on Thu, 03/05/2026",
        "Contributed by Ada Marsh",
        "An opinion piece by Ada Marsh",
        "By Ada Marsh Photographs by Tom Alder",
        "Words: Ada Marsh Pictures: Tom Alder",
        "Ein Artikel von Ada Marsh",
        "Geschrieben von Ada Marsh",
        "Von unserer Korrespondentin Ada Marsh",
        "Aus London berichtet Ada Marsh",
        "Autorin: Ada Marsh",
        "Interview: Ada Marsh",
        "Text und Fotos: Ada Marsh",
        "Rédigé par Ada Marsh",
        "Publié par Ada Marsh",
        "Propos recueillis par Ada Marsh",
        "Par notre envoyée spéciale Ada Marsh",
        "Par Ada Marsh avec AFP",
        "Escrito por Ada Marsh",
        "Por Ada Marsh — São Paulo",
        "Scritto da Ada Marsh",
        "dal nostro inviato Ada Marsh",
        "Geschreven door Ada Marsh",
        "Door onze redacteur Ada Marsh",
        "Skriven av Ada Marsh",
        "Skrevet af Ada Marsh",
        "Tekst: Ada Marsh",
        "Teksti ja kuvat: Ada Marsh",
        "Kirjoittaja: Ada Marsh",
        "Napisane przez Ada Marsh",
        "Szerző: Ada Marsh",
        "Haber: Ada Marsh",
    ],
)
def test_each_language_has_words_in_front_of_the_writer(byline: str) -> None:
    assert authors(byline) == ["Ada Marsh"]


@pytest.mark.parametrize("byline", ["Текст: Андрей Луговой", "Автор: Андрей Луговой", "Автори: Андрей Луговой"])
def test_a_label_in_cyrillic_names_the_writer(byline: str) -> None:
    assert authors(byline) == ["Андрей Луговой"]


@pytest.mark.parametrize("line", ["Text Size", "Interview Tips", "Publié le 3 mai 2026", "Haber Merkezi", "Aus London"])
def test_such_a_word_without_its_sign_announces_nobody(line: str) -> None:
    assert authors(line) == []
