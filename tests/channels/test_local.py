"""Channels of the own machine: the terminal, a program, a file of lines, published feeds, Apprise."""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import pytest
from icalendar import Calendar

from alerts import plugins
from alerts.channels import apprise, command, console, feed, file
from alerts.model.alert import Alert
from alerts.model.event import EventKind
from alerts.model.message import Message
from alerts.render import samples
from alerts.render import text as text_form
from alerts.render import webhook as webhook_form
from alerts.render.batch import Batch


def lines_of(*alerts: Alert, id: str = "d-1", **more: object) -> Message:  # noqa: A002 — the field's own name
    made = samples.batch(*alerts, **more, limits=file.LIMITS)
    return webhook_form.render(replace(made, id=id))


def test_every_kind_of_channel_keeps_the_contract() -> None:
    """Form, limits, options and one attempt; the form is one that there is."""
    for kind in plugins.kinds("channels"):
        module = plugins.load("channels", kind)
        assert module.FORM in {"email", "slack", "webhook", "text"}, kind
        assert module.LIMITS.items > 0, kind
        assert callable(module.send), kind
        assert module.Options.model_config["extra"] == "forbid", kind


# --- console ----------------------------------------------------------------------------------------------------------


def test_console_prints_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    message = text_form.render(samples.batch(samples.platform_manager()))
    assert console.send(message, console.Options()).state == "sent"
    assert "Apply at Northwind: https://careers" in capsys.readouterr().out
    assert console.send(message, console.Options(stream="stderr")).state == "sent"
    assert message.subject in capsys.readouterr().err


def test_console_of_ascii_alone_shows_what_it_can() -> None:
    narrow = io.TextIOWrapper(raw := io.BytesIO(), encoding="ascii")
    with contextlib.redirect_stdout(narrow):
        assert console.send(text_form.render(samples.batch(samples.platform_manager())), console.Options()).state == "sent"
    assert b"CA$200k?240k" in raw.getvalue()


def test_console_that_is_closed_is_tried_later() -> None:
    gone = io.StringIO()
    gone.close()
    with contextlib.redirect_stdout(gone):
        assert console.send(text_form.render(samples.batch(samples.closed())), console.Options()).state == "later"


# --- command ----------------------------------------------------------------------------------------------------------


def program(body: str, **more: Any) -> command.Options:
    return command.Options(run=(sys.executable, "-c", body), **more)


def test_a_program_is_given_the_json_and_no_secret_of_ours(tmp_path: Path) -> None:
    body = "import sys, os, json; json.dump([json.load(sys.stdin), dict(os.environ)], open('out.json', 'w'))"
    os.environ["JOB_ALERTS_TEST_SECRET"] = "hush-hush"
    try:
        options = program(body, folder=str(tmp_path), env={"EXTRA": "1"})
        outcome = command.send(lines_of(samples.platform_manager()), options)
    finally:
        del os.environ["JOB_ALERTS_TEST_SECRET"]
    assert outcome.state == "sent", outcome
    said, environment = json.loads((tmp_path / "out.json").read_text())
    assert said["data"]["alerts"][0]["posting"]["title"] == "Senior Engineering Manager, ML Platform"
    assert (environment["JOB_ALERTS_ID"], environment["EXTRA"]) == ("d-1", "1")
    assert "hush-hush" not in environment.values()


@pytest.mark.parametrize(
    ("status", "state", "destination"),
    [
        (0, "sent", False),
        (75, "later", False),
        (1, "later", False),
        (65, "refused", False),
        (78, "refused", True),
        (127, "refused", True),
    ],
)
def test_the_exit_status_is_the_answer(status: int, state: str, destination: bool) -> None:
    outcome = command.send(lines_of(samples.closed()), program(f"print('what it said'); raise SystemExit({status})"))
    assert (outcome.state, outcome.destination) == (state, destination)
    assert state == "sent" or "what it said" in outcome.why


def test_a_program_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    child_body = "import time; time.sleep(60)"
    body = f"import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', {child_body!r}])"
    body += "; open('pid', 'w').write(str(p.pid)); time.sleep(60)"
    began = time.monotonic()
    outcome = command.send(lines_of(samples.closed()), program(body, folder=str(tmp_path), deadline=1.5))
    assert time.monotonic() - began < 5
    assert (outcome.state, outcome.ambiguous) == ("later", True)
    child = int((tmp_path / "pid").read_text())
    for _ in range(50):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            break
        time.sleep(0.05)
    else:
        pytest.fail("the program's child lives on")


def test_a_program_that_reads_nothing_or_says_too_much_is_no_trouble() -> None:
    big = lines_of(*[replace(samples.platform_manager(), id=str(at)) for at in range(100)])
    assert command.send(big, program("pass")).state == "sent"
    assert command.send(big, program("print('x' * 5_000_000)")).state == "sent"


def test_a_program_that_is_not_there_is_the_destinations_fault(tmp_path: Path) -> None:
    outcome = command.send(lines_of(samples.closed()), command.Options(run=(str(tmp_path / "nothing"),)))
    assert (outcome.state, outcome.destination) == ("refused", True)
    with pytest.raises(ValueError, match="program"):
        command.Options(run=("",))


# --- file -------------------------------------------------------------------------------------------------------------


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_lines_are_added_once(tmp_path: Path) -> None:
    """A delivery that is tried again changes nothing; another one is added."""
    path = tmp_path / "matches.jsonl"
    options = file.Options(path=str(path))
    for _ in range(3):
        assert file.send(lines_of(*samples.several()), options).state == "sent"
    assert [row["id"] for row in rows(path)] == ["a-1", "a-2", "a-3", "a-4"]
    assert file.send(lines_of(samples.closed(), id="d-2"), options).state == "sent"
    assert [row["delivery"] for row in rows(path)] == ["d-1"] * 4 + ["d-2"]
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("lost", [1, 7, 300, 1_500, 4_000])
def test_a_write_that_was_cut_off_is_mended(tmp_path: Path, lost: int) -> None:
    """Whatever a crash left of the last delivery, the next attempt makes it whole, once."""
    path = tmp_path / "matches.jsonl"
    options = file.Options(path=str(path))
    file.send(lines_of(samples.closed(), id="d-0"), options)
    file.send(lines_of(*samples.several()), options)
    whole = path.read_bytes()
    path.write_bytes(whole[:-lost])
    assert file.send(lines_of(*samples.several()), options).state == "sent"
    assert sorted(path.read_bytes().splitlines()) == sorted(whole.splitlines())


def test_a_file_that_cannot_be_written_is_tried_later(tmp_path: Path) -> None:
    outcome = file.send(lines_of(samples.closed()), file.Options(path=str(tmp_path / "no" / "such.jsonl")))
    assert outcome.state == "later"
    assert "No such file" in outcome.why


def test_notes_without_alerts_are_lines_too(tmp_path: Path) -> None:
    path = tmp_path / "matches.jsonl"
    message = webhook_form.render(Batch("d-9", (), file.LIMITS, samples.NOW, facts={"notes": ["a source is silent"]}))
    assert file.send(message, file.Options(path=str(path))).state == "sent"
    assert rows(path)[0]["note"] == "a source is silent"


# --- feed -------------------------------------------------------------------------------------------------------------


def published(folder: Path) -> tuple[Any, dict[str, Any], Any]:
    atom = feedparser.parse(io.BytesIO((folder / "matches.atom").read_bytes()))
    return atom, json.loads((folder / "matches.json").read_text()), Calendar.from_ical((folder / "deadlines.ics").read_bytes())


def test_three_feeds_are_published_and_read_back(tmp_path: Path) -> None:
    options = feed.Options(folder=str(tmp_path / "out"), url="https://example.org/jobs")
    assert feed.send(lines_of(*samples.several()), options).state == "sent"
    atom, listing, calendar = published(tmp_path / "out")
    assert not atom.bozo
    assert len(atom.entries) == len(listing["items"]) == 4
    assert atom.entries[0].title.startswith("Senior Engineering Manager, ML Platform at Northwind")
    assert atom.entries[0].link == "https://careers.northwind.example/jobs/5501"
    assert listing["version"] == "https://jsonfeed.org/version/1.1"
    (event,) = calendar.walk("VEVENT")
    assert "Head of Machine Learning" in event["summary"]
    assert event["dtstart"].dt.isoformat() == "2026-12-15"


def test_published_files_can_be_read_by_a_web_server(tmp_path: Path) -> None:
    feed.send(lines_of(samples.closed()), feed.Options(folder=str(tmp_path)))
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("matches.atom", "matches.json", "deadlines.ics")} == {0o644}


def test_a_repeated_delivery_changes_no_feed(tmp_path: Path) -> None:
    options = feed.Options(folder=str(tmp_path))
    feed.send(lines_of(*samples.several()), options)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    feed.send(lines_of(*samples.several()), options)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_job_that_closes_is_updated_in_its_place(tmp_path: Path) -> None:
    options = feed.Options(folder=str(tmp_path))
    feed.send(lines_of(samples.pay_rise()), options)
    gone = replace(samples.pay_rise(), id="a-9", event=EventKind.CLOSED, at=samples.NOW)
    feed.send(lines_of(gone, id="d-2"), options)
    atom, _, calendar = published(tmp_path)
    (entry,) = atom.entries
    assert entry.title.startswith("Closed: Head of Machine Learning")
    assert calendar.walk("VEVENT") == []


def test_only_the_newest_stay(tmp_path: Path) -> None:
    options = feed.Options(folder=str(tmp_path), keep=3)
    feed.send(lines_of(*samples.several()), options)
    _, listing, _ = published(tmp_path)
    assert [item["_job_alerts"]["job"] for item in listing["items"]] == ["7k3f", "q8dm", "2c9x"]


def test_a_foreign_feed_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "matches.json").write_text('{"items": [{"id": "theirs"}]}')
    outcome = feed.send(lines_of(samples.closed()), feed.Options(folder=str(tmp_path)))
    assert (outcome.state, outcome.destination) == ("refused", True)
    assert "theirs" in (tmp_path / "matches.json").read_text()


# --- apprise ----------------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_apprise_hands_over_and_keeps_its_address_to_itself(receiver: Any) -> None:
    """Against a real receiver on the loopback interface."""
    pytest.importorskip("apprise", reason="the optional extra is not installed")
    message = text_form.render(samples.batch(samples.platform_manager(), limits=apprise.LIMITS))
    options = apprise.Options(url=f"json://127.0.0.1:{receiver.port}/hush-hush")
    receiver.say(200)
    assert apprise.send(message, options).state == "sent"
    assert json.loads(receiver.requests[0].body)["title"] == message.subject
    receiver.say(500)
    outcome = apprise.send(message, options)
    assert outcome.state == "later"
    assert "HTTP 500" in outcome.why
    assert "hush" not in repr(outcome)
    assert apprise.send(message, apprise.Options(url="nonsense://x")).destination


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("status", "state", "destination", "words"),
    [
        (401, "refused", True, "check the token or password"),
        (404, "refused", True, "nothing at this address"),
        (413, "refused", False, "too large"),
        (429, "later", False, "too many messages"),
        (503, "later", False, "HTTP 503"),
    ],
)
def test_apprise_is_asked_what_the_other_side_said(
    receiver: Any, status: int, state: str, destination: bool, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Its log names the status; a token that is wrong is not tried for days. Red before: "it does not say why", for all."""
    pytest.importorskip("apprise", reason="the optional extra is not installed")
    message = text_form.render(samples.batch(samples.platform_manager(), limits=apprise.LIMITS))
    receiver.say(status)
    outcome = apprise.send(message, apprise.Options(url=f"gotify://127.0.0.1:{receiver.port}/hush-hush-token"))
    assert (outcome.state, outcome.destination) == (state, destination)
    assert words in outcome.why
    assert "hush" not in repr(outcome) + caplog.text


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_matrix_server_that_refuses_the_login(receiver: Any) -> None:
    """A conversation of several requests: what the first refusal says is what stands in ``deliveries``."""
    pytest.importorskip("apprise", reason="the optional extra is not installed")
    message = text_form.render(samples.batch(samples.platform_manager(), limits=apprise.LIMITS))
    receiver.say(403, b'{"errcode": "M_FORBIDDEN", "error": "Invalid username or password"}')
    address = f"matrix://jobs:hush-hush-password@127.0.0.1:{receiver.port}/!AbCdEf:example.org"
    outcome = apprise.send(message, apprise.Options(url=address))
    assert (outcome.state, outcome.destination) == ("refused", True), outcome
    assert "hush" not in outcome.why


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    "address",
    [
        "tgram://123456789:AAFabcdefghijklmnopqrstuvwxyz0123456/987654321",
        "matrixs://jobs:PASSWORD@matrix.example.org/!AbCdEf:example.org",
        "matrixs://TOKEN@matrix.example.org/!AbCdEf:example.org",
        "https://prod-01.westus.logic.azure.com:443/workflows/643e69f8/triggers/manual/paths/invoke?api-version=1&sv=1.0&sig=KODuebWb",
        "https://default1.12.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/643e69f8/triggers/"
        "manual/paths/invoke?api-version=1&sv=1.0&sig=KODuebWb",
    ],
)
def test_apprise_knows_the_addresses_of_the_recipes(address: str) -> None:
    """What docs/chat.md tells to write."""
    library = pytest.importorskip("apprise", reason="the optional extra is not installed")
    assert library.Apprise().add(address)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_apprise_that_reaches_nobody_is_tried_later() -> None:
    pytest.importorskip("apprise", reason="the optional extra is not installed")
    message = text_form.render(samples.batch(samples.platform_manager(), limits=apprise.LIMITS))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        outcome = apprise.send(message, apprise.Options(url=f"gotify://127.0.0.1:{free.getsockname()[1]}/hush-hush-token"))
    assert (outcome.state, outcome.ambiguous) == ("later", True)
    assert "onnection error" in outcome.why
    assert "hush" not in outcome.why
