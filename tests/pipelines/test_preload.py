"""What the server of the workers loads for all of them."""

import subprocess
import sys

SCRIPT = """
import sys
import pipelines.preload
print(*(name in sys.modules for name in ("trafilatura", "scraper.extraction.page", "numpy", "py3langid")))
from pipelines.languagemodel import tell_language
print(tell_language("Die Preise sind im März wieder gestiegen, und mit ihnen die Mieten, wie das Amt mitteilte."))
"""


def test_numpy_is_loaded_by_the_first_text_that_asks_for_its_language_and_not_before():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["True True False False", "de"]
