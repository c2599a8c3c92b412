"""What is in the wheel is enough: the demo runs from it, far from the checkout."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=240)
    return next(folder.glob("*.whl"))


def run_demo(command: list[str], cwd: Path, environment: dict[str, str]) -> list[dict[str, object]]:
    done = subprocess.run(
        [*command, "demo"], cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = (cwd / "output/demo/articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_wheel_has_the_packages_their_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"scraper", "spiders", "pipelines", "news_scraper"}
    assert {"scraper/py.typed", "scraper/article.schema.json", "scraper/profiles/sites/demo.toml"} <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_demo_runs_from_the_unpacked_wheel(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    code = "import scraper; print(scraper.__file__)"
    found = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert Path(found.stdout.decode().strip()).is_relative_to(tmp_path)
    assert len(run_demo([sys.executable, "-m", "scraper.cli"], tmp_path, environment)) > 50


@pytest.mark.full
def test_the_demo_runs_from_the_wheel_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    program = tmp_path / "venv/bin"
    subprocess.run([program / "pip", "install", "--quiet", wheel], check=True, timeout=900)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    assert len(run_demo([str(program / "scraper")], tmp_path, environment)) > 50
