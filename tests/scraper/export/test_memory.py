import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.export import TARGETS, make_lines

ROOT = Path(__file__).parents[3]
LIMIT_MB = 200


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site folder with 50,000 records, 310 MB."""
    folder = tmp_path_factory.mktemp("many")
    with (folder / "articles.jsonl").open("wb") as file:
        file.writelines(make_lines(50_000))
    return folder


@pytest.mark.full
@pytest.mark.parametrize("name", TARGETS)
def test_fifty_thousand_records_are_exported_in_little_memory(many: Path, name: str) -> None:
    command = [sys.executable, "-m", "bench.export", "--one", name, str(many)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert json.loads(done.stdout)["memory_mb"] < LIMIT_MB


@pytest.mark.full
def test_a_dataset_of_fifty_thousand_records_is_made_and_verified_in_little_memory(many: Path, tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path; from scraper.export import build_dataset, verify_dataset;"
        "target = Path(sys.argv[2]); build_dataset([Path(sys.argv[1])], target);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024); assert verify_dataset(target) == [];"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    command = [sys.executable, "-c", program, str(many), str(tmp_path / "release")]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert all(int(megabytes) < LIMIT_MB for megabytes in done.stdout.split()), done.stdout
