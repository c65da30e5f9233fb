"""The page of a job: facts and by which words, history, identity and the way back, what each search says."""

from __future__ import annotations

import html
import re

from alerts.cli.demo.scenario import JAVA, MANAGER, REMOTE


def words(page) -> str:
    """The page as it reads."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def test_everything_that_is_said_and_by_which_words(house):
    page = words(house.person().get(f"/jobs/{house.code(MANAGER.title)}"))
    assert "Pay CA$210k–250k a year" in page
    assert "Toronto, ON; Vancouver, BC" in page
    assert "Visa Nothing is said" in page
    assert "You lead the team that builds our feature store" in page
    assert "Wanted ML platform leadership" in page
    assert "Not wanted Java in Berlin" in page
    assert "See and apply at Northwind Robotics" in page


def test_the_history_tells_what_was_seen_changed_and_sent(house):
    page = words(house.person().get(f"/jobs/{house.code(MANAGER.title)}"))
    assert "Changed" in page
    assert "190,000–220,000 CAD a year → 210,000–250,000 CAD a year" in page
    assert "Sent changed, to out, for ML platform leadership" in page
    assert page.count("Seen at") == 4
    assert "one job: " in page


def test_a_closed_job_says_since_when(house):
    person = house.person()
    code = next(job["job"] for job in person.get("/inbox.json").json()["jobs"] if job["title"] == JAVA.title)
    page = words(person.get(f"/jobs/{code}"))
    assert "Closed on 24 November. Seen for 0 days." in page
    assert "closed: sent by out" in page


def test_a_listing_can_be_parted_and_the_undo_joins_it_again(house):
    person, code = house.person(), house.code(MANAGER.title)
    page = person.get(f"/jobs/{code}")
    assert words(page).count("Seen at") == 4
    part = re.search(r'name="part" value="(\d+)"', page.text)
    assert part
    page = person.do(f"/jobs/{code}/pairs", {"part": part[1]}, on=f"/jobs/{code}")
    assert "is a job of its own now" in page.text
    assert words(page).count("Seen at") == 3
    undo = re.search(r'name="undo" value="(\d+)"', page.text)
    assert undo
    person.do("/undo", {"undo": undo[1]}, on=f"/jobs/{code}")
    page = person.get(f"/jobs/{code}")
    assert words(page).count("Seen at") == 4
    assert len(person.get("/inbox.json?show=all").json()["jobs"]) == 6, "no empty job is left behind"


def test_two_jobs_joined_are_split_again_by_the_undo(house):
    person = house.person()
    before = person.get("/inbox.json?show=all").json()
    first, other = sorted((house.code(REMOTE.title), house.code("Java Architect")), key=_number)
    page = person.do(f"/jobs/{other}/pairs", {"same": first}, on=f"/jobs/{other}")
    assert page.url.path == f"/jobs/{first}"
    assert person.get(f"/jobs/{other}").url.path == f"/jobs/{first}", "the old id leads on"
    undo = re.search(r'name="undo" value="(\d+)"', page.text)
    assert undo
    assert "Taken back" in person.do("/undo", {"undo": undo[1]}).text
    assert person.get("/inbox.json?show=all").json()["jobs"] == before["jobs"]
    assert person.get(f"/jobs/{other}").url.path == f"/jobs/{other}"


def _number(code: str) -> int:
    from alerts.store.short import number

    return number(code) or 0


def test_notes_and_the_letter_are_kept(house):
    person, code = house.person(), house.code(REMOTE.title)
    page = person.do(f"/jobs/{code}/note", {"note": "Ask <b>Dana</b>"}, on=f"/jobs/{code}")
    assert "Ask &lt;b&gt;Dana&lt;/b&gt;" in page.text
    assert "Dear Juniper Health team," in page.text
    assert "name" in re.findall(r'<span class="missing">([^<]*)</span>', page.text)
    person.do(f"/jobs/{code}/letter", {"do": "keep", "text": "Dear all,\n\nhello"}, on=f"/jobs/{code}")
    file = person.get(f"/jobs/{code}/letter.txt")
    assert file.text == "Dear all,\n\nhello"
    assert file.headers["content-disposition"].startswith("attachment")
    person.do(f"/jobs/{code}/letter", {"do": "again"}, on=f"/jobs/{code}")
    assert "Dear Juniper Health team," in person.get(f"/jobs/{code}/letter.txt").text


def test_the_job_as_json_has_the_names_of_export_and_explain(house):
    found = house.person().get(f"/jobs/{house.code(MANAGER.title)}.json").json()
    assert len(found["postings"]) == 4
    assert found["postings"][0]["pay"]["currency"] == "CAD"
    assert [one["search"] for one in found["searches"] if one["wanted"]] == ["ML platform leadership"]
    assert {alert["state"] for alert in found["alerts"]} == {"sent"}


def test_the_text_stands_alone_in_a_sandbox(house):
    page = house.person().get(f"/jobs/{house.code(MANAGER.title)}/text")
    assert "feature store" in page.text
    assert page.headers["content-security-policy"].endswith("; sandbox allow-same-origin")
