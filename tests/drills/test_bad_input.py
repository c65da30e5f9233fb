"""What goes wrong outside is one clear line that says what to do, with the right exit status, and loses nothing."""

from __future__ import annotations

import sqlite3

import pytest

from alerts.cli.demo.site import Given
from alerts.cli.main import main
from tests.drills.house import BOARD, FRAME, HOOK, MAIL, SEARCH, House

LOGIN = Given(b"<!doctype html><html><title>Sign in</title><body>Please log in</body></html>", content_type="text/html")
SLACK = '[channels.slack]\nkind="slack"\nurl="SITE/hook/T0/B0/secretsecret"\n'
RSS = '[[sources]]\nname="Feed"\nkind="rss"\nurl="SITE/v1/boards/acme/jobs"\n'


@pytest.fixture
def house(monkeypatch):
    with House() as house:
        monkeypatch.chdir(house.folder)
        yield house


@pytest.fixture
def call(house, capsys):
    """A command in this process: its exit status and its lines on either output."""

    def run(*words: str) -> tuple[int, list[str]]:
        status = main([words[0], "--config", str(house.folder / "config.toml"), *words[1:]])
        said = capsys.readouterr()
        return status, (said.out + said.err).splitlines()

    return run


@pytest.fixture
def watching(house, call):
    """A house that has read its board once."""

    def begin(channels: str = HOOK, source: str = BOARD) -> None:
        house.configure(source + SEARCH + channels)
        assert call("poll", "--all")[0] == 0

    return begin


def trouble(lines: list[str]) -> str:
    """The one line that says what is wrong."""
    bad = [line for line in lines if not line.startswith("[1/1] Acme: 1 postings")]
    assert len(bad) == 1, bad
    assert "Traceback" not in bad[0]
    return bad[0]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (LOGIN, "HTML"),
        (Given(b"", 503), "503"),
        (Given(b"", 404), "check the address"),
        (Given(b"", 410), "remove the source"),
        (Given(b"", 200), "empty"),
        (Given(b'{"jobs": [{"id"', 200), "JSON"),
        (Given(b"\x00\xff" * 50, 200), ""),
        (Given(status=302, headers={"Location": "https://login.example/"}), ""),
        (Given(b"x", 200, headers={"Content-Encoding": "br"}), "gzip"),
    ],
    ids=["HTML", "503", "404", "410", "nothing", "cut off", "bytes", "a redirect away", "brotli"],
)
def test_a_source_that_says_something_else(house, call, watching, page, words):
    watching()
    house.page, house.publish = page, 1
    status, lines = call("poll", "--all")
    assert status == 1
    line = trouble(lines)
    assert line.partition("] ")[2].startswith("Acme: ") or line.startswith("Acme: ")
    assert words in line
    house.page, house.publish = None, 0
    assert call("poll", "--all")[0] == 0
    assert sorted(number for _, numbers in house.hooked for number in numbers) == house.published[1:]


@pytest.mark.parametrize("page", [LOGIN, Given(b"<html><p>502 Bad gateway</p></html>", content_type="text/html")])
def test_html_where_a_feed_was(house, call, watching, page):
    house.page = Given(b"<rss version='2.0'><channel><title>t</title></channel></rss>", content_type="application/rss+xml")
    watching(source=RSS)
    house.page = page
    status, lines = call("poll", "--all")
    assert status == 1
    assert any("Feed: " in line and ("HTML" in line or "feed" in line) for line in lines)


def test_a_dead_host(house, call, watching):
    watching()
    house.configure(BOARD.replace("SITE", "http://127.0.0.1:1") + SEARCH + HOOK)
    status, lines = call("poll", "--all")
    assert status == 1
    assert "could not be reached (connection refused)" in trouble(lines)


def test_an_empty_board_after_a_full_one_is_said_and_closes_nothing(house, call, watching):
    watching()
    house.page = Given(b'{"jobs": []}')
    for _ in range(2):
        _, lines = call("poll", "--all", "--verbose")
        assert "0 postings" in " ".join(lines)
    with sqlite3.connect(house.folder / "a.db") as connection:
        assert connection.execute("SELECT count(*) FROM postings WHERE closed IS NULL").fetchone() == (1,)
    connection.close()


def test_a_mail_that_is_refused_is_kept_and_said(house, call, watching):
    house.take = lambda _mail: "550 5.7.1 no such user here"
    watching(MAIL)
    house.publish = 1
    status, lines = call("poll", "--all")
    house.publish = 0
    assert status == 1
    assert any("given up" in line and "550" in line for line in lines)
    status, lines = call("deliveries")
    assert status == 0
    assert any("dead" in line and "550" in line for line in lines)
    house.take = lambda _mail: "250 taken"
    name = next(line.split()[0] for line in lines if "dead" in line)
    assert call("deliveries", "retry", name)[0] == 0
    assert call("poll", "--all")[0] == 0
    assert [numbers for _, numbers in house.mailed] == [[1002]]


def test_a_mail_server_that_is_down_loses_nothing(house, call, watching):
    watching(MAIL.replace("SMTP", "127.0.0.1:1"))
    house.publish = 1
    status, lines = call("poll", "--all")
    house.publish = 0
    assert status == 1
    assert any("tried again" in line and "refused" in line for line in lines)


def test_a_slack_hook_that_is_gone_keeps_what_is_owed(house, call, watching):
    house.hook = lambda _asked: Given(b"no_service", 404, "text/html")
    watching(SLACK)
    house.publish = 1
    status, lines = call("poll", "--all")
    assert status == 1
    [line] = [line for line in lines if line.startswith("slack: ")]
    assert "no_service" in line or "hook" in line
    assert "secretsecret" not in " ".join(lines)
    status, lines = call("deliveries")
    assert any("waiting" in line for line in lines)


def test_a_database_of_a_newer_version_is_refused_untouched(house, call, watching):
    watching()
    with sqlite3.connect(house.folder / "a.db") as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = (house.folder / "a.db").read_bytes()
    for words in (("run",), ("poll",), ("status",)):
        status, lines = call(*words)
        assert status == 1
        assert "newer version" in trouble(lines)
    assert (house.folder / "a.db").read_bytes() == before


@pytest.mark.parametrize("content", [b"no database at all, but some text" * 99, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_file_that_is_no_database_is_refused_untouched(house, call, content):
    house.configure(BOARD + SEARCH + HOOK)
    (house.folder / "a.db").write_bytes(content)
    status, lines = call("poll")
    assert status == 1
    assert "a.db" in trouble(lines)
    assert (house.folder / "a.db").read_bytes() == content


def test_a_database_of_another_program_is_refused_untouched(house, call):
    house.configure(BOARD + SEARCH + HOOK)
    with sqlite3.connect(house.folder / "a.db") as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()
    status, lines = call("poll")
    assert status == 1
    assert "another program" in trouble(lines)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "config.toml"),
        ("[[sources", "config.toml:1: not valid TOML"),
        (FRAME + '[[sources]]\nkind="greenhaus"\nboard="acme"\n', "greenhouse"),
        (FRAME + '[channels.x]\nkind="pigeon"\n', "pigeon"),
        (FRAME + '[[searches]]\nname="x"\ntitel=["a"]\n', "title"),
        ("\x00", "config.toml"),
        (FRAME.replace("a.db", "/proc/nowhere/a.db"), "settings.database"),
    ],
    ids=["missing", "malformed", "an unknown source", "an unknown channel", "an unknown key", "a NUL", "no place"],
)
def test_a_configuration_that_cannot_be_used(house, call, text, words):
    if text is not None:
        (house.folder / "config.toml").write_text(text)
    status, lines = call("poll")
    assert status == (1 if text and "/proc" in text else 2)
    assert words in " ".join(lines)
    assert "Traceback" not in " ".join(lines)
