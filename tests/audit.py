"""Look up what is installed in the database of advisories: ``make audit``, or ``python tests/audit.py FOLDER``.

FOLDER is where pip-audit is installed, apart from everything else, since it has pins of its own. Ends with 1 where a
package has a known hole, and with 0 and a sentence where the database cannot be asked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path


def install(folder: Path) -> bool:
    """Whether pip-audit is there, or could be installed."""
    if (folder / "pip_audit").exists():
        return True
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, "pip-audit>=2.9"]
    return subprocess.run(command, capture_output=True).returncode == 0


def main(folder: Path) -> int:
    if not install(folder):
        print("audit: skipped, pip-audit could not be installed; run `make audit` again where packages can be had")
        return 0
    command = [sys.executable, "-m", "pip_audit", "--path", sysconfig.get_path("purelib")]
    command += ["--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONPATH": str(folder)})
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except ValueError:
        packages = []
    asked = [package for package in packages if "vulns" in package]
    # The project itself is not in the database, and where there is no network nothing is.
    left = [package["name"] for package in packages if "vulns" not in package and package["name"] != "news-scraper"]
    if not asked:
        found = f"the database of advisories told nothing about any of {len(packages)} packages"
        print(f"audit: skipped, {found}; run `make audit` again where it can be reached")
        return 0
    holes = [(package, hole) for package in asked for hole in package["vulns"]]
    for package, hole in holes:
        fixed = ", ".join(hole["fix_versions"]) or "no version yet"
        print(f"audit: {package['name']} {package['version']} has {hole['id']}, fixed in {fixed}")
    print(f"audit: {len(asked)} packages looked up, {len(holes)} holes known" + (f"; not {left}" if left else ""))
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
