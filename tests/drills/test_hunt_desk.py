"""A hunt of three invented months at the desk: a real browser, no script, 390 px, over both clock changes.

The real desk and the real commands under one wall clock that is moved, while the board edits and closes what was applied for.
"""

from __future__ import annotations

import csv
import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason='the desk is not installed: pip install "job-alerts[desk]"')

from alerts.cli.demo.site import Site
from tests.desk.test_browser import CHROMIUM, PATIENCE, PHONE, QUIET, sync_api
from tests.drills.hunt import FIRST, Board, Hunt, at, at_day, environment, hunting, told

pytestmark = [pytest.mark.drill, pytest.mark.timeout(600)]
LETTER = "Dear Acme,\n\nI would like to build pipelines."


@contextmanager
def desk(folder: Path, preload: Path) -> Iterator[str]:
    """The real desk over the folder, under the same clock; its address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{found.getsockname()[1]}"
    words = [sys.executable, "-m", "alerts", "desk", "--config", str(folder / "config.toml"), "--listen", place]
    env = environment(folder, preload)
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, cwd=folder, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline().startswith("open "), "it listens"
            yield place
        finally:
            process.terminate()


class Hunter:
    """Somebody with a phone whose browser runs no script."""

    def __init__(self, browser: sync_api.Browser, place: str, hunt: Hunt) -> None:
        self.place, self.hunt = place, hunt
        self.page = browser.new_context(viewport=PHONE, java_script_enabled=False, accept_downloads=True).new_page()
        self.page.set_default_timeout(PATIENCE)

    def goto(self, path: str, moment: str = "") -> None:
        """A page at a moment; who was signed out after thirty days signs in again."""
        self.hunt.say(moment)
        self.page.goto(f"http://{self.place}{path}")
        if "/login" in self.page.url:
            link = self.hunt.say("", "desk", "--link", "--listen", self.place).split()[1]
            self.page.goto(link)
            self.page.get_by_role("button", name="Sign in").click()
            self.page.goto(f"http://{self.place}{path}")
        wide = "document.documentElement.scrollWidth"
        assert self.page.evaluate(f"{wide} <= document.documentElement.clientWidth") is True, f"{path} runs over the side"

    def press(self, name: str, said: str = "") -> None:
        """A button, whose name may say of what (hidden words stand apart); what is said of it then."""
        self.page.get_by_role("button", name=re.compile(name.replace(": ", r"\s*: "))).first.click()
        if said:
            self.page.locator("#said").get_by_text(re.compile(said)).wait_for()

    def undo(self) -> None:
        self.press("^Undo$", "Taken back.")


def codes(hunt: Hunt) -> dict[str, str]:
    """Title → short id of what the board lists."""
    rows = [json.loads(line) for line in hunt.say("", "jobs", "--all", "--json").splitlines()]
    return {row["title"].partition(" ")[0]: row["job"] for row in rows}


@pytest.mark.parametrize("change", ["2026-10-25", "2027-03-28"], ids=["to winter time", "to summer time"])
def test_three_months_at_the_desk(tmp_path, preload, change):
    day = datetime.fromisoformat(change)
    with (
        Site(Board().answer) as site,
        hunting(tmp_path, preload, site.url) as hunt,
        sync_api.sync_playwright() as playwright,
    ):
        hunt.say(at(day, "09:00", -40), "poll", "--all")
        job = codes(hunt)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        with desk(tmp_path, preload) as place:
            hunter = Hunter(browser, place, hunt)
            get_ready_and_apply(hunter, day, job)
            three_weeks_of_silence(hunter, day, job, site.url)
            interview_and_offer(hunter, day, job, site.url)
            look_back(hunter, day, job)
        browser.close()
        assert {asked.path for asked, _ in site.journal if asked.method == "POST"} == {"/edited", "/gone"}, (
            "nothing was ever sent"
        )
    assert told(tmp_path) == [
        (at_day(change, -38), "09:01", "changed"),
        (at_day(change, -26), "09:05", "2 applications without an answer"),
        (at_day(change, -1), "10:05", "Interview tomorrow, 10:00: Data Engineer at Acme"),
        (at_day(change, 0), "09:05", "Interview today, 10:00: Data Engineer at Acme"),
        (at_day(change, 1), "09:05", "Reminder: send the thank-you"),
        (at_day(change, 9), "18:00", "closed"),
        (at_day(change, 20), "09:05", "2 applications without an answer"),
    ]


def get_ready_and_apply(hunter: Hunter, day: datetime, job: dict[str, str]) -> None:
    """From the inbox to the application; the form's questions, an answer, the letter; then applied, for three."""
    page = hunter.page
    hunter.goto("/applications", at(day, "10:00", -40))
    page.get_by_role("heading", name="Nothing yet").wait_for()
    hunter.goto(f"/jobs/{job['Data']}")
    hunter.press("^Save$", "Saved: Data Engineer")
    page.get_by_role("link", name=re.compile("^Application: saved")).click()
    hunter.press("Ask the board what its form asks", "The board is asked")
    hunter.hunt.say("", "poll")
    hunter.goto(f"/applications/{job['Data']}")
    assert page.get_by_label("Your answer: Are you entitled to work in Canada?").input_value() == "Yes"
    page.get_by_label("Your answer, kept in your facts").last.fill("A platform of pipes.")
    hunter.press("^Keep as a fact: Describe", "Kept in your facts")
    assert page.get_by_label(re.compile("^Your answer: Describe")).input_value() == "A platform of pipes."
    page.get_by_role("textbox", name="Letter").fill(LETTER)
    hunter.press("Keep this version", "This version of the letter is kept.")
    hunter.goto(f"/applications/{job['Data']}", at(day, "18:00", -40))
    hunter.press("Applied$", "Applied on")
    hunter.goto(f"/jobs/{job['Search']}", at(day, "18:05", -40))
    hunter.press("^Applied$", "Marked as applied")
    hunter.goto(f"/applications/{job['Search']}")
    page.get_by_label("Contact", exact=True).fill("Amira, amira@example.org")
    hunter.press("Keep contact")
    hunter.goto(f"/jobs/{job['Night']}")
    hunter.press("^Save$", "Saved: Night Engineer")
    hunter.goto("/applications")
    hunter.press("Applied: Night Engineer", "Applied on")


def three_weeks_of_silence(hunter: Hunter, day: datetime, job: dict[str, str], site: str) -> None:
    """The board edits what was applied for; one answers, one is not to be waited for."""
    hunt, page = hunter.hunt, hunter.page
    hunt.say(at(day, "09:00", -38), "board", f"{site}/edited")
    hunt.say(at(day, "09:01", -38), "poll", "--all")
    hunter.goto("/applications", at(day, "12:00", -30))
    hunter.press("Answered: Data Engineer", "Answered on")
    page.get_by_role("link", name="Data Engineer").first.click()
    page.get_by_label("Note", exact=True).fill("Amira called")
    hunter.press("Keep note")
    hunt.say(at(day, "08:55", -26), "poll", "--all")
    hunt.say(at(day, "09:05", -26), "poll", "--all")
    hunter.goto("/applications", at(day, "09:10", -26))
    page.get_by_role("heading", name="Wants you today (2)").wait_for()
    hunter.press("No more of these: Night Engineer", "no more nudges|No more nudges")
    page.get_by_role("heading", name="Wants you today (1)").wait_for()


def interview_and_offer(hunter: Hunter, day: datetime, job: dict[str, str], site: str) -> None:
    """An interview on the day of the change, a reminder after it, a slip that is taken back, an offer; the board closes."""
    hunt, page, here = hunter.hunt, hunter.page, f"/applications/{job['Data']}"
    hunter.goto(here, at(day, "12:00", -20))
    page.get_by_label("An interview, at").fill(f"{day:%Y-%m-%d}T10:00")
    hunter.press("Keep the interview", "Interview at")
    page.get_by_label("Remind me of").fill("send the thank-you")
    page.get_by_label("at", exact=True).fill(f"{at_day(f'{day:%Y-%m-%d}', 1)}T09:00")
    hunter.press("Keep the reminder", "You are reminded at")
    with page.expect_download() as file:
        page.get_by_role("link", name=re.compile(r"^For the calendar\s*: interview")).click()
    entry = Path(file.value.path()).read_text("utf-8")
    assert entry.count("BEGIN:VEVENT") == 1
    assert f"DTSTART:{datetime.fromisoformat(at(day, '10:00')).astimezone(UTC):%Y%m%dT%H%M%SZ}" in entry
    for days, clock in ((-1, "09:55"), (-1, "10:05"), (0, "08:55"), (0, "09:05"), (0, "12:00"), (1, "08:55"), (1, "09:05")):
        hunt.say(at(day, clock, days), "poll", "--all")
    hunter.goto(here, at(day, "09:10", 1))
    hunter.press("^Done: send the thank-you", "Done")
    hunter.goto("/applications", at(day, "12:00", 2))
    page.locator(f"#ap-{job['Search']} summary").click()
    page.get_by_label("State of Search Engineer").select_option("rejected")
    hunter.press("^Move: Search Engineer", "Rejected on")
    hunter.undo()
    hunter.press("Answered: Search Engineer", "Answered on")
    hunt.say(at(day, "07:00", 9), "board", f"{site}/gone")
    for days in (9, 10):
        for clock in ("08:00", "12:00", "18:00"):
            hunt.say(at(day, clock, days), "poll", "--all")
    hunt.say(at(day, "09:05", 20), "poll", "--all")
    hunter.goto(here, at(day, "12:00", 30))
    hunter.press("Offer$", "Offer on")
    hunt.say(at(day, "12:00", 45), "poll", "--all")


def look_back(hunter: Hunter, day: datetime, job: dict[str, str]) -> None:
    """What was applied for is there word for word; the table opens; the figures are right."""
    page = hunter.page
    hunter.goto(f"/applications/{job['Data']}", at(day, "12:05", 45))
    assert page.locator("[data-kept]").first.inner_text() == FIRST, "word for word as it read on the day of applying"
    page.get_by_text(re.compile("the board closed it on")).wait_for()
    sent = page.locator("section", has=page.get_by_role("heading", name="What was sent"))
    assert LETTER in sent.inner_text()
    assert "Are you entitled to work in Canada?\nYes" in sent.inner_text()
    assert "70,000" in page.locator("section", has=page.get_by_role("heading", name="What changed since")).inner_text()
    hunter.goto("/applications?as=list")
    with page.expect_download() as file:
        page.get_by_role("link", name="For a spreadsheet (CSV)").click()
    with Path(file.value.path()).open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    found = {row["title"]: (row["state"], row["contacts"]) for row in rows}
    assert found == {
        "Data Engineer": ("offer", ""),
        "Search Engineer": ("answered", "Amira, amira@example.org"),
        "Night Engineer": ("applied", ""),
    }
    page.get_by_role("link", name="What worked").click()
    for what, count in (("Sent", "3"), ("Answered", "2"), ("Offers", "1")):
        assert page.locator("dl.tiles div", has=page.get_by_text(what, exact=True)).locator("dd").inner_text() == count
