"""What is not needed is not imported: the version needs no command, normalising no parser before there is a text."""

import subprocess
import sys

import pytest

HEAVY = ("pydantic", "httpcore", "selectolax", "jinja2", "babel", "feedparser", "tomlkit", "sqlite3", "alerts.model.posting")


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("from alerts.cli.main import main; main(['--version'])", HEAVY),
        ("import alerts.normalise.posting", (*HEAVY[:-1], "tomllib", "importlib.resources", "zipfile", "ftfy")),
    ],
    ids=["version", "normalise"],
)
def test_nothing_heavy_is_imported(code: str, absent: tuple[str, ...]) -> None:
    told = f"""
import contextlib, sys
with contextlib.suppress(SystemExit):
    {code}
print("heavy:", *(name for name in {absent!r} if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1].strip() == "heavy:"
