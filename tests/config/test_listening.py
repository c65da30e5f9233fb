"""Where the listener may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from alerts.config.load import load
from alerts.model.errors import ConfigError
from alerts.model.plan import Http

CHANNEL = "\n[channels.console]\nkind = 'console'\n"


def http_of(tmp_path: Path, table: str) -> Http | None:
    path = tmp_path / "config.toml"
    path.write_text(table + CHANNEL)
    return load(path).http


@pytest.mark.parametrize(
    ("listen", "shown"),
    [
        ("127.0.0.1:8642", "http://127.0.0.1:8642"),
        ("localhost:8642", "http://127.0.0.1:8642"),
        ("[::1]:80", "http://[::1]:80"),
        ("unix:/run/job-alerts/http.sock", "unix:/run/job-alerts/http.sock"),
    ],
)
def test_an_address_of_this_machine_is_good(tmp_path: Path, listen: str, shown: str) -> None:
    assert str(http_of(tmp_path, f'[http]\nlisten = "{listen}"')) == shown


def test_nothing_listens_unless_it_is_said(tmp_path: Path) -> None:
    assert http_of(tmp_path, "") is None
    assert http_of(tmp_path, "[http]\nhosts = ['a.example']") is None


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('listen = "0.0.0.0:8642"', "other machines"),
        ('listen = "[::]:8642"', "other machines"),
        ('listen = "192.168.1.4:8642"', "other machines"),
        ('listen = "0.0.0.0:8642"\npublic = true', "hosts"),
        ('listen = "8642"', "127.0.0.1:8642"),
        ('listen = "127.0.0.1:0"', "127.0.0.1:8642"),
        ('listen = "127.0.0.1:99999"', "127.0.0.1:8642"),
        ('listen = "jobs.example.org:80"', "no address"),
        ('listen = "unix:"', "no socket"),
        (f'listen = "unix:/{"x" * 200}"', "too long"),
        ('listn = "127.0.0.1:1"', "listen"),
    ],
)
def test_what_cannot_be_is_one_clear_line(tmp_path: Path, table: str, words: str) -> None:
    with pytest.raises(ConfigError) as error:
        http_of(tmp_path, f"[http]\n{table}")
    assert len(error.value.problems) == 1
    assert words in error.value.problems[0]


def test_other_machines_may_ask_when_it_is_wanted(tmp_path: Path) -> None:
    http = http_of(tmp_path, '[http]\nlisten = "0.0.0.0:8642"\npublic = true\nhosts = "Alerts:8642"')
    assert http == Http("0.0.0.0", 8642, hosts=("alerts:8642",))
