"""The room of applications: board, list, figures, and the page of one; what is said there, refused, and taken back."""

from __future__ import annotations

import csv
import html
import io
import re
import sys
from datetime import timedelta

import pytest

from alerts.acts import forms
from alerts.cli.demo.scenario import JAVA, MANAGER, REMOTE
from alerts.config.load import load
from alerts.daemon import wishes
from alerts.daemon.bootstrap import at_work
from alerts.model.form import Question
from alerts.sandbox.reader import Reader
from alerts.store.short import number


def words(page) -> str:
    """The page as it reads."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


@pytest.fixture
def person(house):
    return house.person()


def apply(house, person, title: str = MANAGER.title) -> str:
    code = house.code(title)
    person.do(f"/jobs/{code}/mark", {"do": "applied"})
    return code


def undo(person, page, on: str):
    number = re.search(r'name="undo" value="(\d+)"', page.text)
    assert number, "what was done last can be taken back"
    return person.do("/undo", {"undo": number[1]}, on=on)


def state(house, code: str) -> str | None:
    with house.store() as store:
        known = store.applications.of_job(number(code))
        return known.state if known else None


def test_an_empty_room_says_why_and_what_to_do(person):
    page = words(person.get("/applications"))
    assert "Nothing yet" in page
    assert "An application begins when you press Save or Applied" in page
    assert "There are figures as soon as you have applied" in words(person.get("/applications/figures"))


def test_applied_in_the_inbox_begins_the_application_at_once_and_leads_to_it(house, person):
    code = apply(house, person)
    assert state(house, code) == "applied"
    assert f'href="/applications/{code}"' in person.get(f"/jobs/{code}").text
    assert f'href="/applications/{code}"' in person.get("/inbox?show=all").text
    page = person.get(f"/applications/{code}")
    assert f'href="/jobs/{code}"' in page.text, "and back"
    assert "You lead the team that builds our feature store" in page.text
    assert "Where they stand" not in page.text


def test_the_undo_of_applied_takes_the_application_back(house, person):
    code = house.code(MANAGER.title)
    page = person.do(f"/jobs/{code}/mark", {"do": "applied"})
    undo(person, page, "/inbox")
    assert state(house, code) is None
    assert "Nothing yet" in words(person.get("/applications"))
    page = words(person.get(f"/applications/{code}"))
    assert "All states were taken back, so it is not listed" in page
    assert "taken back on" in page, "what was said stays in the history"


def test_every_state_is_a_press_and_can_be_taken_back(house, person):
    code, on = apply(house, person), "/applications"
    for to in ("answered", "interview", "offer", "rejected", "withdrawn", "preparing", "saved", "applied"):
        before = state(house, code)
        page = person.do(f"/applications/{code}/state", {"state": "to", "to": to}, on=on)
        assert page.url.path == on
        assert state(house, code) == to
        undo(person, page, on)
        assert state(house, code) == before
        person.do(f"/applications/{code}/state", {"state": to}, on=on)
        assert state(house, code) == to


def test_board_and_list_show_the_same_and_filters_are_links(house, person):
    code, other = apply(house, person), house.code(REMOTE.title)
    person.do(f"/jobs/{other}/mark", {"do": "save"})
    person.do(f"/applications/{code}/state", {"state": "rejected"})
    for address in ("/applications", "/applications?as=list"):
        page = person.get(address)
        assert MANAGER.title in page.text
        assert REMOTE.title in page.text
    assert "1 under way, 2 in all" in words(page)
    link = re.search(r'href="([^"]*show=open[^"]*)"', person.get("/applications?as=list").text)
    assert link
    page = person.get(html.unescape(link[1]))
    assert f'href="/applications/{other}"' in page.text
    assert f'href="/applications/{code}"' not in page.text
    assert "as=list" in html.unescape(link[1]), "the view stays"
    assert "state=abc was not understood and is left out." in words(person.get("/applications?state=abc"))
    assert "No application has all of this. Show all 2" in words(person.get("/applications?state=offer"))


def test_each_page_is_data_too(house, person):
    code = apply(house, person)
    rows = person.get("/applications.json").json()["applications"]
    assert [(row["job"], row["state"], row["wants"]) for row in rows] == [(code, "applied", [])]
    assert person.get("/applications.json?state=offer").json() == {"applications": []}
    table = person.get("/applications.csv").content
    assert table.startswith(b"\xef\xbb\xbf"), "the mark by which Excel knows UTF-8"
    (row,) = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    assert (row["job"], row["title"], row["state"]) == (code, MANAGER.title, "applied")
    whole = person.get(f"/applications/{code}.json").json()
    assert "feature store" in whole["posting"]["text"]
    assert whole["ready"]["url"].startswith("http")
    assert person.get("/applications/figures.json").json()["sent"] == 1
    assert person.get("/applications.ics").text.startswith("BEGIN:VCALENDAR")


def test_the_posting_stays_word_for_word_though_the_board_edits_it(house, person):
    code = apply(house, person, JAVA.title)
    with house.store() as store:
        known = store.applications.of_job(number(code))
        text = known.copies[-1].posting.text
    kept = re.search(r"data-kept>(.*?)</div>", person.get(f"/applications/{code}").text, re.S)
    assert kept
    assert html.unescape(kept[1]) == text


def test_an_interview_and_a_reminder_are_calendar_entries_and_can_be_moved_and_done(house, person):
    code = apply(house, person)
    here = f"/applications/{code}"
    soon = (house.now + timedelta(days=3)).strftime("%Y-%m-%dT10:00")
    person.do(f"{here}/state", {"state": "appointment", "interview_at": soon}, on=here)
    person.do(f"{here}/say", {"do": "reminder", "remind_at": soon, "remind_of": "send the thank-you"}, on=here)
    page = person.get(here)
    files = re.findall(rf'href="({here}/\d+\.ics)"', page.text)
    assert len(files) == 2
    assert {person.get(one).text.count("BEGIN:VEVENT") for one in files} == {1}
    assert "send the thank-you" in person.get("/applications.ics").text
    later = re.search(r'value="(later \d+)"', page.text)
    page = person.do(f"{here}/say", {"do": later[1]}, on=here)
    assert (house.now + timedelta(days=10)).strftime("%-d %b") in words(page)
    done = re.search(r'value="(done \d+)"', page.text)
    page = person.do(f"{here}/say", {"do": done[1]}, on=here)
    assert "Done: no more reminder of that." in words(page)
    assert len(re.findall(rf"{here}/\d+\.ics", page.text)) == 1
    page = undo(person, page, here)
    assert len(re.findall(rf"{here}/\d+\.ics", page.text)) == 2, "the reminder is there again"


def test_a_reminder_wants_one_until_it_is_done(house, person):
    code = apply(house, person)
    soon = (house.now + timedelta(days=1)).strftime("%Y-%m-%dT10:00")
    person.do(f"/applications/{code}/say", {"do": "reminder", "remind_at": soon, "remind_of": "send the thank-you"})
    house.now += timedelta(days=3)
    page = person.get("/applications")
    assert "Wants you today (1)" in words(page)
    done = re.search(r'value="(done \d+)"', page.text)
    assert done
    page = person.do(f"/applications/{code}/say", {"do": done[1]}, on="/applications")
    assert "Wants you today" not in words(page)


def test_silence_wants_one_and_goes_by_a_press(house, person):
    code = apply(house, person)
    house.now += timedelta(days=15)
    page = person.get("/applications")
    assert "Wants you today (1)" in words(page)
    assert "No answer for 15 days" in words(page)
    page = person.do(f"/applications/{code}/say", {"do": "nudge-off"}, on="/applications")
    assert "Wants you today" not in words(page)
    page = undo(person, page, "/applications")
    assert "Wants you today (1)" in words(page)
    assert "Wants you today" not in words(person.do(f"/applications/{code}/say", {"do": "nudge"}, on="/applications"))


@pytest.mark.parametrize(
    ("where", "fields", "said"),
    [
        ("state", {"state": "to", "to": "applied", "on": "2026-02-30"}, "is not a day"),
        ("state", {"state": "to", "to": "applied", "on": "2027-01-05"}, "lies ahead; only an interview has a day to come."),
        ("state", {"state": "to", "to": "interview", "on": "2026-12-05"}, "An interview is at an hour. Interviews and"),
        ("state", {"state": "appointment", "interview_at": "next week"}, "is not a day"),
        ("say", {"do": "reminder", "remind_at": "2027-03-28T02:30", "remind_of": "x"}, "is an hour that Europe/Berlin leaves"),
        ("say", {"do": "reminder", "remind_at": "2020-01-05T10:00", "remind_of": "x"}, "is more than five years away"),
        ("say", {"do": "reminder", "remind_at": "2026-11-01T10:00", "remind_of": "call <A>"}, "is past, so nobody can be"),
        ("say", {"do": "reminder", "remind_at": "", "remind_of": "x"}, "is not a day"),
        ("say", {"do": "note", "note": "   "}, "The note is empty; nothing was kept."),
        ("say", {"do": "back 999999"}, "has no entry 999999"),
        ("say", {"do": "done 999999"}, "has no reminder 999999"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_one_line_with_all_that_was_typed(house, person, where, fields, said):
    code = apply(house, person)
    before = person.get(f"/applications/{code}.json").json()["history"]
    page = person.do(f"/applications/{code}/{where}", fields, on=f"/applications/{code}")
    assert page.status_code == 422
    assert said in words(page)
    assert "--" not in words(page).partition("History")[0], "no word that helps at a terminal alone"
    for name in ("on", "interview_at", "remind_at", "remind_of"):
        if fields.get(name, "").strip():
            assert html.escape(fields[name]) in page.text
    assert person.get(f"/applications/{code}.json").json()["history"] == before


def test_answers_are_asked_once_and_never_what_is_sensitive(house, person):
    profile = house.folder / "profile.toml"
    profile.write_text('# mine\nname = "Ada Example"\n[answers]\n"Notice period" = "a month"\n', "utf-8")
    house.path.write_text(
        house.path.read_text("utf-8").replace('letter = "letter.md"', 'letter = "letter.md"\nprofile = "profile.toml"')
    )
    code = house.code(MANAGER.title)
    person.do(f"/applications/{code}/state", {"state": "preparing"})
    asked = [
        Question("Full name", True),
        Question("Notice period?"),
        Question("Why us?", True, "long"),
        Question("Gender", options=("A", "B")),
    ]
    with house.store() as store:
        forms.keep(store, store.applications.of_job(number(code)).rows[0], asked, house.now)
    here = f"/applications/{code}"
    page = person.get(here)
    assert 'value="Ada Example"' in page.text
    assert 'value="a month"' in page.text
    assert 'name="question" value="3"' in page.text
    assert 'name="question" value="4"' not in page.text, "what is sensitive is not asked"
    assert person.do(f"{here}/answer", {"question": "4", "answer": "A"}, on=here).status_code == 404
    page = person.do(f"{here}/answer", {"question": "3", "answer": "Because <b>"}, on=here)
    assert "Because &lt;b&gt;" in page.text
    assert profile.read_text("utf-8").startswith("# mine")
    person.do(f"{here}/answer", {"question": "2", "answer": ""}, on=here)
    assert "a month" not in profile.read_text("utf-8")
    profile.write_text('[answers]\n"Why us?" = { a = 1 }\n', "utf-8")
    page = person.get(here)
    assert page.status_code == 200, "the page stands though the facts have a mistake"
    assert "is of a wrong type (a table)" in words(page)
    assert str(house.folder) not in page.text
    page = person.do(f"{here}/answer", {"question": "3", "answer": "once more"}, on=here)
    assert page.status_code == 422
    assert str(house.folder) not in page.text


def test_the_letter_is_edited_in_place_kept_and_becomes_what_was_sent(house, person):
    code = house.code(MANAGER.title)
    here = f"/applications/{code}"
    person.do(f"{here}/state", {"state": "preparing"})
    assert "Dear Northwind Robotics team" in person.get(here).text
    page = person.do(f"/jobs/{code}/letter", {"do": "keep", "text": "Dear all,\n\nhello"}, on=here)
    assert page.url.path == here
    page = person.do(f"/jobs/{code}/letter", {"do": "again", "text": ""}, on=here)
    assert "Dear Northwind Robotics team" in page.text
    undo(person, page, here)
    person.do(f"{here}/state", {"state": "applied"}, on=here)
    whole = person.get(f"{here}.json").json()
    assert whole["letter"] == "Dear all,\n\nhello"
    person.do(f"/jobs/{code}/letter", {"do": "sent", "text": "Another one"}, on=here)
    assert person.get(f"{here}.json").json()["letter"] == "Another one"


def wished(house) -> None:
    """What the daemon does about wishes that may take long."""
    with at_work(load(house.path, {}), house.now, Reader(inline=True)) as means:
        wishes.take_looks(means, house.now)


def test_a_draft_by_a_program_is_a_wish_and_loses_nothing_that_was_typed(house, person):
    code = house.code(MANAGER.title)
    here = f"/applications/{code}"
    person.do(f"{here}/state", {"state": "preparing"}, on=here)
    assert "Draft by your program" not in person.get(here).text
    assert person.do(f"/jobs/{code}/letter", {"do": "draft"}, on=here).status_code == 422
    program = "import json, sys; print('About', json.load(sys.stdin)['untrusted']['title'])"
    (house.folder / "draft.py").write_text(program, "utf-8")
    lines = f"\n[letter]\ncommand = ['{sys.executable}', 'draft.py']\n"
    house.path.write_text(house.path.read_text("utf-8") + lines, "utf-8")
    page = person.do(f"/jobs/{code}/letter", {"do": "draft", "text": "Half a sentence"}, on=here)
    assert "job-alerts is not running: it is done at its next start." in words(page)
    assert "It is done as soon as job-alerts runs." in words(page)
    assert "Half a sentence" in page.text
    wished(house)
    page = person.get(here)
    assert "The draft is there." in words(page)
    assert f"About {MANAGER.title}" in page.text
    drafts = [one["words"] for one in person.get(f"{here}.json").json()["history"] if one["kind"] == "draft"]
    assert drafts == ["Half a sentence", f"About {MANAGER.title}"]
    (house.folder / "draft.py").write_text("raise SystemExit('out of ink')", "utf-8")
    person.do(f"/jobs/{code}/letter", {"do": "draft", "text": ""}, on=here)
    wished(house)
    page = words(person.get(here))
    assert "There is no draft: " in page
    assert "out of ink" in page


def test_a_board_that_publishes_no_form_or_is_gone_is_one_line(house, person):
    code = apply(house, person)
    here = f"/applications/{code}"
    person.do(f"{here}/form", {}, on=here)
    wished(house)
    page = words(person.get(here))
    assert "What the form asks is not known: " in page
    assert state(house, code) == "applied"


def test_forget_asks_first_and_then_really_forgets(house, person):
    code = apply(house, person)
    here = f"/applications/{code}"
    person.do(f"{here}/say", {"do": "note", "note": "a secret of mine"}, on=here)
    asked = words(person.get(f"{here}/forget"))
    assert "This goes, and cannot be taken back" in asked
    page = person.do(f"{here}/forget", {"do": "forget"}, on=f"{here}/forget")
    assert page.url.path == "/applications"
    assert "Forgotten: " in words(page)
    with house.store() as store:
        assert [one.said for one in store.undo.all("") if MANAGER.title in one.said] == [], "nothing that can be undone names it"
    assert b"a secret of mine" not in (house.folder / "demo.db").read_bytes()
    assert "No application was begun" in words(person.get(here))
    assert person.get(f"{here}/forget").status_code == 404


def test_two_applications_of_one_job_are_shown_as_one_and_parted_by_the_undo(house, person):
    first, other = sorted((apply(house, person, REMOTE.title), apply(house, person, "Java Architect")), key=number)
    page = person.do(f"/jobs/{other}/pairs", {"same": first}, on=f"/jobs/{other}")
    whole = words(person.get(f"/applications/{first}"))
    assert "This job had 2 applications" in whole
    assert person.get(f"/applications/{other}").url.path == f"/applications/{first}", "the old address leads on"
    undo(person, page, f"/jobs/{first}")
    assert "This job had 2 applications" not in words(person.get(f"/applications/{first}"))
    assert person.get(f"/applications/{other}").url.path == f"/applications/{other}"


def test_a_listing_that_is_parted_takes_its_application_along_and_the_undo_brings_it_back(house, person):
    code = apply(house, person)
    job = person.get(f"/jobs/{code}")
    parts = re.findall(r'name="part" value="(\d+)"', job.text)
    page = person.do(f"/jobs/{code}/pairs", {"part": parts[0]}, on=f"/jobs/{code}")
    rows = person.get("/applications.json").json()["applications"]
    assert len(rows) == 1, "one application, of one of the two"
    undo(person, page, f"/jobs/{code}")
    assert [row["job"] for row in person.get("/applications.json").json()["applications"]] == [code]
    assert person.get(f"/applications/{code}").status_code == 200


def test_a_posting_that_was_gone_before_it_could_be_kept_is_one_line(house, person):
    code = house.code(MANAGER.title)
    with house.store() as store:
        store.ledger.write("UPDATE postings SET text = ''")
    person.do(f"/jobs/{code}/mark", {"do": "applied"})
    page = words(person.get(f"/applications/{code}"))
    assert "The text of the posting was gone before it could be kept; what is known of it is below." in page


def test_a_clock_that_ran_ahead_is_one_line_and_nothing_is_lost(house, person):
    house.now += timedelta(days=400)
    ahead = house.person()
    code = apply(house, ahead)
    house.now -= timedelta(days=400)
    person = house.person()
    page = words(person.get(f"/applications/{code}"))
    assert "was written while the clock of this machine ran ahead" in page
    assert state(house, code) == "applied"
    person.do(f"/applications/{code}/state", {"state": "answered"})
    assert state(house, code) == "answered"
