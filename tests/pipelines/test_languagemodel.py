"""The language model in a mapped file."""

import mmap
from pathlib import Path

import pytest
from py3langid import langid

from pipelines.languagemodel import load_shared_model

TEXTS = (
    "Die Preise sind im März wieder gestiegen, und mit ihnen die Mieten, wie das Amt am Dienstag mitteilte.",
    "El alcalde dijo ayer que la carretera quedaría abierta antes de las fiestas.",
    "Мэр города сказал вчера, что дорога через реку снова открыта.",
    "12",
    "",
)


@pytest.fixture
def mapped(monkeypatch):
    monkeypatch.setattr(langid, "IDENTIFIER", None)
    load_shared_model()
    return langid.IDENTIFIER


def test_it_tells_the_same_languages_with_the_same_scores_as_the_model_in_memory(mapped):
    in_memory = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    assert [mapped.classify(text) for text in TEXTS] == [in_memory.classify(text) for text in TEXTS]


def test_a_text_leaves_nothing_of_it_in_the_process(mapped):
    mapped.classify(TEXTS[0])
    assert _mapped_kilobytes(file_bytes=mapped.nb_ptc.nbytes) == 0


def _mapped_kilobytes(file_bytes: int) -> int:
    """What is resident of the mapping of a file of this size without a name."""
    with Path("/proc/self/smaps").open() as lines:
        is_it = False
        for line in lines:
            if line[0].islower() or line[0].isdigit():
                start, end = (int(part, 16) for part in line.split()[0].split("-"))
                is_it = "deleted" in line and end - start == -(-file_bytes // mmap.PAGESIZE) * mmap.PAGESIZE
            elif is_it and line.startswith("Rss:"):
                return int(line.split()[1])
    raise AssertionError("it is not mapped")
