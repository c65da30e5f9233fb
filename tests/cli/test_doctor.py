"""``doctor`` finds what is wrong, says what to do, ends with 1, and sends nothing to anybody."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.cli.demo.site import Asked, Given, Site
from alerts.cli.main import main
from alerts.config.load import load
from alerts.daemon import doctor_reach
from alerts.daemon.bootstrap import client_of
from tests.drills.receivers import Smtp

CONFIG = """
[settings]
database = "a.db"
gather = "0s"
[network]
allow_private = ["127.0.0.1"]
pace = "0s"
[[sources]]
name = "Acme"
kind = "greenhouse"
board = "acme"
base_url = "SITE"
[[searches]]
name = "engineers"
title = ["engineer"]
[channels.out]
kind = "file"
path = "out.jsonl"
[channels.mail]
kind = "email"
server = "smtp://SMTP"
from = "a@example.org"
to = ["me@example.org"]
[channels.hook]
kind = "webhook"
url = "SITE/hook"
"""


class House:
    def __init__(self, folder: Path, capsys, site: Site, smtp: Smtp, asked: list[Asked], mails: list) -> None:
        self.path, self._capsys, self.asked, self.mails = folder / "config.toml", capsys, asked, mails
        self.path.write_text(CONFIG.replace("SITE", site.url).replace("SMTP", smtp.address))

    def __call__(self, *words: str) -> tuple[int, dict]:
        """The status, and by (area, name) what was found."""
        self._capsys.readouterr()
        status = main(["doctor", "--config", str(self.path), "--json", *words])
        said = json.loads(self._capsys.readouterr().out)
        assert said["good"] == (status == 0)
        return status, {(one["area"], one["name"]): one for one in said["findings"]}

    def edit(self, old: str, new: str) -> None:
        text = self.path.read_text()
        assert old in text
        self.path.write_text(text.replace(old, new))


@pytest.fixture
def house(tmp_path, capsys):
    asked: list[Asked] = []
    mails: list = []

    def answer(one: Asked) -> Given:
        asked.append(one)
        return Given(b'{"jobs": []}') if "/boards/" in one.path else Given(b"nothing", 404, "text/plain")

    with Site(answer) as site, Smtp(lambda mail: mails.append(mail) or "250 taken") as smtp:
        yield House(tmp_path, capsys, site, smtp, asked, mails)


def wrong(found: dict) -> set[tuple[str, str]]:
    return {key for key, one in found.items() if one["state"] == "wrong"}


def test_a_good_house_has_nothing_wrong_and_nobody_was_sent_anything(house):
    assert main(["poll", "--config", str(house.path), "--all"]) == 0
    house.asked.clear()
    status, found = house()
    assert (status, wrong(found)) == (0, set())
    assert found["channel", "mail"]["state"] == "good"
    assert found["source", "Acme"]["state"] == "good"
    assert found["clock", ""]["state"] == "good"
    assert {(one.method, one.path) for one in house.asked} == {("GET", "/robots.txt")}
    assert house.mails == []


def test_every_finding_that_is_wrong_has_its_advice_and_the_status_is_1(house):
    """A dead board, a mail server that is not there, a file in no folder, a database that others can read."""
    main(["poll", "--config", str(house.path), "--all"])
    (house.path.parent / "a.db").chmod(0o644)
    house.edit('path = "out.jsonl"', 'path = "none/out.jsonl"')
    house.edit('server = "smtp://', 'server = "smtp://127.0.0.1:9"\nreply_to = "a@example.org" # ')
    house.edit('base_url = "', 'base_url = "http://127.0.0.1:9" # ')
    status, found = house()
    assert status == 1
    assert {("channel", "mail"), ("channel", "out"), ("permissions", str(house.path.parent / "a.db"))} <= wrong(found)
    assert ("network", "http://127.0.0.1:9") in wrong(found)
    assert [one for one in found.values() if one["state"] == "wrong" and not one["advice"]] == []


def test_a_damaged_database_is_found(house):
    main(["poll", "--config", str(house.path), "--all"])
    path = house.path.parent / "a.db"
    path.write_bytes(path.read_bytes()[:9000] + b"\xff" * 4000 + path.read_bytes()[13000:])
    status, found = house("--offline")
    assert status == 1
    assert "restore" in found["database", str(path)]["advice"]


def test_offline_asks_nobody(house):
    house("--offline")
    assert house.asked == []


def test_a_mistake_in_the_configuration_is_a_finding(house):
    house.edit("title =", "titel =")
    status, found = house()
    assert status == 1
    assert 'did you mean "title"' in found["configuration", ""]["said"]


def test_a_secret_of_the_service_is_not_tried_and_one_that_is_missing_is_wrong(house):
    house.edit('kind = "webhook"', 'kind = "webhook"\nsecret = { credential = "hook" }')
    house.edit('to = ["me@example.org"]', 'to = ["me@example.org"]\npassword = { env = "NO_SUCH_PASSWORD" }')
    _, found = house()
    assert found["channel", "hook"]["state"] == "not tried"
    assert found["channel", "mail"]["state"] == "wrong"


@pytest.mark.parametrize(("off", "state"), [(0, "good"), (60, "good"), (-600, "wrong"), (86_400 * 400, "wrong")])
def test_a_clock_that_is_off_is_told_from_what_the_hosts_say(house, off, state):
    plan = load(house.path, {})
    with client_of(plan) as client:
        found = list(doctor_reach.look(plan, client, lambda: datetime.now(UTC) + timedelta(seconds=off)))
    (clock,) = [one for one in found if one.area == "clock"]
    assert clock.state == state
    assert state == "good" or clock.advice


def test_a_name_that_is_not_found_is_a_matter_of_dns(house):
    house.edit('base_url = "', 'base_url = "http://no-such-host.invalid" # ')
    _, found = house()
    assert ("dns", "http://no-such-host.invalid") in wrong(found)


def test_for_a_person_each_finding_is_a_line_with_an_arrow_to_what_to_do(house, capsys):
    house.edit('path = "out.jsonl"', 'path = "none/out.jsonl"')
    assert main(["doctor", "--config", str(house.path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("WRONG") and "channel out" in line and "→" in line for line in lines)
