"""What a person does on the first day, rightly and wrongly: one clear line, the right exit status, no trace of the program."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from functools import partial

import pytest

from alerts.cli.demo.site import Asked, Given, Site
from alerts.cli.main import main

CONFIG = """
[settings]
database = "a.db"
gather = "0s"
letter = "letter.md"
notify = "operator"

[network]
allow_private = ["127.0.0.1"]
pace = "0s"

[[sources]]
name = "Town"
kind = "rss"
url = "SITE/feed"

[[searches]]
name = "bakers"
title = ["baker"]
backfill = "3650d"

[channels.out]
kind = "file"
path = "out.jsonl"

[channels.operator]
kind = "file"
path = "operator.jsonl"
"""

ITEM = (
    "<item><title>{0}</title><link>https://jobs.example.org/{1}</link><guid>{1}</guid>"
    "<description>Bread.</description><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>"
)


@pytest.fixture
def call(tmp_path, capsys, request):
    """Run a command in a folder of its own: (exit status, standard output, standard error)."""
    titles = ["Baker", "Night \u202ereka\u2066b\x9b31m Baker"]

    def answer(_asked: Asked) -> Given:
        items = "".join(ITEM.format(title, number) for number, title in enumerate(titles))
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Town</title>{items}</channel></rss>'
        return Given(feed.encode(), content_type="application/rss+xml")

    with Site(answer) as site:
        (tmp_path / "config.toml").write_text(CONFIG.replace("SITE", site.url))
        (tmp_path / "letter.md").write_text("{{ job.title }}")

        def run(*words: str) -> tuple[int, str, str]:
            try:
                status = main([*words[:1], "--config", str(tmp_path / "config.toml"), *words[1:]])
            except SystemExit as ended:
                status = int(ended.code or 0)
            said = capsys.readouterr()
            return status, said.out, said.err

        yield run


@pytest.fixture
def polled(call):
    assert call("poll")[0] == 0
    return call


def a_job(call) -> str:
    return json.loads(call("export")[1].splitlines()[0])["job"]


def test_the_configuration_may_be_named_before_the_command(tmp_path, capsys):
    path = tmp_path / "check"
    path.write_text('[channels.c]\nkind = "console"\n')
    assert main(["--config", str(path), "check"]) == 0
    assert "is good" in capsys.readouterr().out
    assert main(["-v", "--config", str(tmp_path / "none.toml"), "check"]) == 2


def test_check_says_what_would_tell_nobody_of_anything(tmp_path, capsys):
    path = tmp_path / "config.toml"
    path.write_text('[channels.c]\nkind = "console"\n')
    assert main(["check", "--config", str(path)]) == 0
    said = capsys.readouterr().out
    assert "0 sources, 0 searches, 1 channel" in said
    assert "job-alerts add" in said


def test_nothing_that_a_posting_says_turns_or_steers_the_terminal(polled):
    for words in (("export",), ("export", "--csv"), ("preview", "bakers"), ("preview", "bakers", "--json"), ("poll", "-v")):
        said = polled(*words)[1]
        assert not set(said) & set("\u202e\u2066\x9b"), words
    rows = [json.loads(line) for line in polled("export")[1].splitlines()]
    assert "first_seen" in rows[0]
    assert "T" in rows[0]["first_seen"], "times are ISO 8601"


def test_a_letter_that_cannot_be_written_or_opened_is_said_in_a_line(polled, tmp_path, monkeypatch_env):
    name = a_job(polled)
    status, _, error = polled("letter", name, "--output", str(tmp_path / "none" / "x.md"))
    assert (status, error.count("\n"), "cannot be written" in error) == (2, 1, True)
    monkeypatch_env("VISUAL", "/nonexistent/editor")
    status, _, error = polled("letter", name, "--output", str(tmp_path / "y.md"), "--edit")
    assert (status, "$EDITOR" in error) == (2, True)
    assert (tmp_path / "y.md").exists()


@pytest.fixture
def monkeypatch_env():
    """Set variables of the environment, and put them back."""
    before = dict(os.environ)

    def put(name: str, value: str) -> None:
        os.environ[name] = value

    yield put
    os.environ.clear()
    os.environ.update(before)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("hide", "company"), "company NAME"),
        (("hide", "search"), "search NAME"),
        (("hide", "company", "Acme", "--until", "2020-01-01"), "ahead"),
        (("hide", "company", "Acme", "--until", "someday"), "14d"),
        (("deliveries", "show"), "name the delivery"),
        (("preview", "bakers", "--days", "0"), "3660"),
        (("preview", "bakers", "--days", "99999999999"), "3660"),
    ],
)
def test_a_call_that_lacks_something_is_answered_with_what_it_lacks(polled, words, hint):
    status, _, error = polled(*words)
    assert (status, hint in error) == (2, True), error


def test_a_preview_reads_a_file_as_it_stands_and_where_it_stands(polled, tmp_path):
    (tmp_path / "sub").mkdir()
    tried = tmp_path / "sub" / "new.toml"
    tried.write_text('[[searches]]\nname = "new"\ntitel = ["baker"]\nchannels = ["out"]\n')
    status, _, error = polled("preview", str(tried))
    assert (status, error.startswith(f"job-alerts: {tried}:3: searches[1].titel: ")) == (2, True)
    tried.write_text('[[searches]]\nname = "new"\nlike = ["mine.txt"]\ntitle = ["baker"]\n')
    (tmp_path / "sub" / "mine.txt").write_text("Bread, rolls and cakes.")
    assert polled("preview", str(tried))[0] == 0
    tried.write_bytes(b"\x88\x00")
    status, _, error = polled("preview", str(tried))
    assert (status, "UTF-8" in error) == (2, True)


def test_an_export_never_writes_into_a_database_of_job_alerts(polled, tmp_path):
    store = tmp_path / "a.db"
    before = store.read_bytes()
    status, _, error = polled("export", "--sqlite", str(store))
    assert (status, "name another file" in error) == (1, True)
    assert store.read_bytes() == before


def test_a_delivery_is_shown_in_words(polled):
    first = json.loads(polled("deliveries", "--json")[1].splitlines()[0])
    said = polled("deliveries", "show", first["id"][:8])[1]
    assert f"channel: {first['channel']}" in said
    assert "{" not in said


def test_retrying_what_was_given_up_says_when_there_is_none(polled):
    assert polled("deliveries", "retry", "dead")[:2] == (0, "nothing was given up\n")


def test_kinds_tells_of_one_channel_as_it_does_of_one_source(capsys):
    assert main(["kinds", "file"]) == 0
    assert "`path` (text; must be given)" in capsys.readouterr().out
    assert main(["kinds", "webhook", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["kind"], said["options"][0]["name"], said["options"][0]["type"]) == ("webhook", "url", "secret")


@pytest.mark.parametrize(
    ("words", "why"),
    [(("search", "bakers"), "hidden the search"), (("JOB",), "hidden the job")],
)
def test_explain_says_that_it_was_hidden(call, words, why, tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(path.read_text().replace('backfill = "3650d"\n', ""))
    assert call("poll")[0] == 0
    name = a_job(call)
    assert "backfill would tell it" in call("explain", name)[1]
    assert call("hide", *(name if word == "JOB" else word for word in words))[0] == 0
    assert why in call("explain", name)[1]


def test_status_does_not_call_a_channel_good_whose_messages_were_given_up(call, tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(
        path.read_text().replace('kind = "file"\npath = "out.jsonl"', 'kind = "command"\nrun = ["/bin/sh", "-c", "exit 65"]')
    )
    assert call("poll")[0] == 1
    status, said, _ = call("status")
    assert (status, "2 given up" in said) == (1, True)
    (dead,) = (json.loads(line) for line in call("deliveries", "--state", "dead", "--json")[1].splitlines())
    assert call("deliveries", "drop", dead["id"])[0] == 0
    status, said, _ = call("status")
    assert (status, "given up" in said) == (0, False)


def test_trouble_that_lasts_is_told_to_those_whose_daemon_is_cron_too(call, tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(
        path.read_text().replace('kind = "file"\npath = "out.jsonl"', 'kind = "command"\nrun = ["/bin/sh", "-c", "exit 75"]')
    )
    assert call("poll")[0] == 1
    # An hour of failures, in the words of the database: what a person who comes back after lunch would find.
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection, connection:
        connection.execute("UPDATE channels SET failing_since = '2026-01-01T00:00:00Z' WHERE name = 'out'")
    _, _, error = call("poll")
    assert "takes no messages since" in error
    assert "channel out needs a look" in (tmp_path / "operator.jsonl").read_text()


def test_a_database_that_is_a_folder_is_said_to_be_one(call, tmp_path):
    (tmp_path / "a.db").mkdir()
    for command in ("poll", "status"):
        status, _, error = call(command)
        assert (status, "is a folder" in error, error.count("\n")) == (1, True, 1)


def test_a_channel_that_does_not_answer_is_told_in_plain_words(call, tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(
        path.read_text().replace('kind = "file"\npath = "out.jsonl"', 'kind = "webhook"\nurl = "http://127.0.0.1:9/CANARY"')
    )
    status, said, _ = call("test", "out")
    assert (status, "CANARY" in said) == (1, False)
    assert said.startswith(
        "out (webhook): not taken now (an alert would be tried again): http://127.0.0.1:9/… could not be reached"
    )


def test_an_interrupted_poll_does_not_wait_for_a_slow_host(tmp_path):
    came, go = threading.Event(), threading.Event()

    def answer(_asked: Asked) -> Given:
        came.set()
        go.wait(30)
        return Given(b"")

    with Site(answer) as site:
        (tmp_path / "config.toml").write_text(CONFIG.replace("SITE", site.url).replace('letter = "letter.md"\n', ""))
        words = [sys.executable, "-m", "alerts", "poll", "--config", str(tmp_path / "config.toml")]
        # Also where the tests were started in the background, which ignores the signal for all that follows.
        heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
        with subprocess.Popen(words, stderr=subprocess.PIPE, preexec_fn=heed) as process:
            assert came.wait(30)
            begun = time.monotonic()
            process.send_signal(signal.SIGINT)
            status = process.wait(30)
            took = time.monotonic() - begun
            said = process.stderr.read() if process.stderr else b""
        go.set()
    assert (status, said) == (130, b"")
    assert took < 10


def test_a_channel_is_tried_with_its_own_templates(call, tmp_path):
    path = tmp_path / "config.toml"
    channel = 'kind = "console"\ntemplates = { text = "text.j2" }'
    path.write_text(path.read_text().replace('kind = "file"\npath = "out.jsonl"', channel))
    (tmp_path / "text.j2").write_text("In my own words: {{ jobs | length }} job.")
    assert "In my own words" in call("test", "out")[1]
    (tmp_path / "text.j2").write_text("{{ jobs | nonsense }}")
    status, said, _ = call("test", "out")
    assert (status, "text" in said.splitlines()[-1]) == (0, True), said


def test_an_empty_configuration_is_answered_with_what_to_add(tmp_path, capsys):
    path = tmp_path / "config.toml"
    for text in ("", "# nothing\n", "[settings]\n"):
        path.write_text(text)
        assert main(["check", "--config", str(path)]) == 2
        error = capsys.readouterr().err
        assert (error.count("\n"), "job-alerts add" in error, "[[searches]]" in error) == (1, True, True)


WRONG = ["4", "[1]", "[[1]]", "true", "{ a = 1 }", "2026-01-01", '"x"', "-1", '""', "[{ a = 1 }]"]
KEYS = {
    "[settings]": ("every", "timezone", "gather", "details", "currency", "summary", "rates", "profile", "digest_above", "home"),
    "[network]": ("pace", "deadline", "max_size", "proxy", "no_proxy", "allow_private"),
    '[[sources]]\nkind = "rss"': ("url", "every", "enabled", "company", "headers", "user", "name", "whole"),
    '[[searches]]\nname = "a"': ("title", "when", "backfill", "events", "unknown", "salary", "work", "like", "letter", "aliases"),
    '[channels.c]\nkind = "email"': ("server", "to", "from", "quiet", "max_per_hour", "templates", "password", "ask_above"),
}
MACHINERY = (
    "function-",
    "constrained",
    "pydantic",
    "timedelta",
    "Schedule",
    "literal[",
    "valid tuple",
    "instance of",
    "Path",
    "regex",
)


@pytest.mark.parametrize("table", KEYS)
def test_no_mistake_is_told_in_the_words_of_the_machinery(tmp_path, capsys, table):
    """Every key with every wrong sort of value: one line a mistake, in our words, at the place where it stands."""
    path = tmp_path / "config.toml"
    for key in KEYS[table]:
        for value in WRONG:
            path.write_text(f"{table}\n{key} = {value}\n")
            main(["check", "--config", str(path)])
            error = capsys.readouterr().err.replace(str(tmp_path), "")
            assert [words for words in MACHINERY if words in error] == [], error


@pytest.mark.parametrize(
    ("kind", "serves"), [("telegram", "apprise"), ("teams", "apprise"), ("smtp", "email"), ("atom", "rss"), ("imap", "add")]
)
def test_a_word_that_is_no_kind_is_answered_with_the_kind_that_serves_it(capsys, kind, serves):
    assert main(["kinds", kind]) == 2
    error = capsys.readouterr().err
    assert (error.count("\n"), serves in error, "adzuna" in error) == (1, True, False)


def test_a_template_that_names_what_does_not_exist_is_answered_with_what_does(tmp_path, capsys):
    path = tmp_path / "config.toml"
    path.write_text('[channels.c]\nkind = "console"\ntemplates = { text = "t.j2" }\n')
    (tmp_path / "t.j2").write_text("{{ jbos }}")
    assert main(["check", "--config", str(path)]) == 0
    said = capsys.readouterr().out
    assert ("'jbos' is undefined" in said, "jobs, " in said) == (True, True)
    (tmp_path / "t.j2").write_text("{% for job in jobs %}{{ job.titel }}{% endfor %}")
    main(["check", "--config", str(path)])
    assert "title" in capsys.readouterr().out


def test_the_sample_of_a_channel_speaks_its_language(call, tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(path.read_text() + '[channels.auf_deutsch]\nkind = "console"\nlanguage = "de"\n')
    said = call("test", "auf_deutsch")[1]
    assert "Warum: " in said
    assert "Why: " not in said
