"""The language model in a file that processes share."""

import mmap
import os
from pathlib import Path

import pytest
from py3langid import langid, modelio

from pipelines import languagemodel
from pipelines.languagemodel import share_model, tell_language

TEXTS = (
    "Die Preise sind im März wieder gestiegen, und mit ihnen die Mieten, wie das Amt am Dienstag mitteilte.",
    "El alcalde dijo ayer que la carretera quedaría abierta antes de las fiestas.",
    "Мэр города сказал вчера, что дорога через реку снова открыта.",
    "12",
    "",
)


@pytest.fixture(autouse=True)
def _nothing_loaded(monkeypatch):
    monkeypatch.setattr(languagemodel, "_shared", None)
    languagemodel._identifier.cache_clear()
    yield
    languagemodel._identifier.cache_clear()


def test_it_tells_the_same_languages_with_the_same_scores_as_the_model_in_memory():
    share_model()
    in_memory = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    mapped = languagemodel._identifier()
    assert isinstance(mapped, languagemodel._MappedIdentifier)
    assert [mapped.classify(text) for text in TEXTS] == [in_memory.classify(text) for text in TEXTS]


def test_a_text_leaves_nothing_of_it_in_the_process():
    share_model()
    tell_language(TEXTS[0])
    assert languagemodel._shared is not None
    assert _mapped_kilobytes(os.fstat(languagemodel._shared.fileno()).st_size) == 0


def test_one_process_unpacks_it_for_all_that_are_forked(monkeypatch):
    share_model()
    assert _language_in_a_fork() == "de"

    def unpack_again(path):
        raise AssertionError("it is unpacked already")

    monkeypatch.setattr(modelio, "load_model", unpack_again)
    assert _language_in_a_fork() == "de"


def test_what_a_process_left_half_written_is_written_anew():
    share_model()
    file = languagemodel._shared
    assert file is not None
    file.seek(100_000)
    file.write(b"x" * 5000)
    file.flush()
    assert tell_language(TEXTS[0]) == "de"


def test_without_room_for_the_file_the_model_is_in_memory(monkeypatch, caplog):
    with Path("/dev/full").open("r+b", buffering=0) as full:
        monkeypatch.setattr(languagemodel, "_shared", full)
        assert tell_language(TEXTS[1]) == "es"
    assert "not shared" in caplog.text


def test_a_page_that_says_its_language_or_shows_it_by_its_script_loads_no_model(monkeypatch):
    from pipelines.language import detect

    share_model()
    assert detect("Ο δήμαρχος είπε χθες ότι ο δρόμος θα ανοίξει πριν από τις γιορτές.") == "el"
    assert languagemodel._identifier.cache_info().currsize == 0


def _language_in_a_fork() -> str:
    """What a forked process tells of the first text, by its exit code."""
    child = os.fork()
    if not child:
        try:
            os._exit(0 if tell_language(TEXTS[0]) == "de" else 1)
        finally:
            os._exit(2)
    _, status = os.waitpid(child, 0)
    return "de" if status == 0 else f"exit {status}"


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
