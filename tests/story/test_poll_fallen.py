"""A listing that shows only the latest: what falls out of it while its details are outstanding is not outstanding for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.cli.demo.site import Asked, Given
from tests.story.test_poll import OUT, SEARCH, SMART, detail, listed, told, with_details

ELEDUCK = '[[sources]]\nname="Eleduck"\nkind="eleduck"\npages=1\nbase_url="SITE"\n'
POSTS = "/api/v1/posts"


def post(number: int, title: str = "") -> dict:
    return {
        "id": f"p{number}",
        "title": title or f"Engineer {number}",
        "summary": f"Begin of {number}",
        "published_at": "2026-11-20",
    }


@pytest.fixture(params=["title", "text"])
def window(request, stage):
    """A search that the list alone can answer, and one that needs the text."""
    stage.pages[POSTS] = {"posts": [post(0, "Nurse")]}
    words = 'title=["engineer"]\n' if request.param == "title" else 'title=["engineer"]\nkeywords=["kubernetes"]\n'
    stage.configure(ELEDUCK + '[[searches]]\nname="x"\n' + words + OUT.format(folder=stage.folder))
    stage.round()
    stage.wait()
    return stage


def fall_out(stage, *numbers: int) -> None:
    """List some, and then others in their place."""
    stage.pages[POSTS] = {"posts": [post(number) for number in numbers]}
    assert stage.round() == []
    stage.pages[POSTS] = {"posts": [post(99, "Cook")]}


def outstanding(stage) -> int:
    return len(stage.means.store.postings.pending_of(stage.means.plan.sources[0].key))


def later(stage, hours: int) -> list[dict]:
    alerts = []
    for _ in range(hours):
        stage.wait()
        alerts += stage.round()
    return alerts


def test_details_are_asked_for_after_the_listing_went_on(window):
    """Red before: nobody asked, and the job was never told."""
    fall_out(window, 1)
    window.pages[f"{POSTS}/p1"] = {"post": {"content": "<p>We run Kubernetes.</p>"}}
    assert told(later(window, 2)) == [("new", "Engineer 1")]
    assert outstanding(window) == 0


def test_details_that_never_come_are_given_up_and_the_list_judges(window):
    """Red before: it stayed outstanding for ever. A text that nobody could read speaks against nothing."""
    fall_out(window, 1)
    assert told(later(window, 10)) == [("new", "Engineer 1")]
    assert outstanding(window) == 0


def test_what_found_no_room_is_judged_by_the_list_after_a_day(window):
    with_details(window, 0)
    fall_out(window, 1, 2)
    assert later(window, 20) == []
    window.wait(timedelta(hours=4))
    assert len(window.round()) == 2
    assert outstanding(window) == 0


def test_a_source_gets_its_304s_back(window):
    """Red before: while anything is outstanding nothing may vouch for the list, so that it was read whole for ever."""

    def page(asked: Asked) -> Given:
        heard.append(asked.headers.get("if-none-match"))
        return Given(b'{"posts":[]}', headers={"ETag": '"1"'})

    heard: list[str | None] = []
    fall_out(window, 1)
    window.pages[POSTS] = page
    later(window, 12)
    assert heard[-1] == '"1"'


def test_a_change_that_fell_out_is_told_by_what_the_list_said_of_it(window):
    """Red before: the list's new title was kept nowhere, and the details of this board do not say it."""
    window.pages[POSTS] = {"posts": [post(1, "Technician 1")]}
    window.round()
    fall_out(window, 1)
    window.pages[f"{POSTS}/p1"] = {"post": {"content": "<p>We run Kubernetes.</p>"}}
    assert told(later(window, 10)) == [("new", "Engineer 1")]
    assert outstanding(window) == 0


def test_a_change_whose_details_never_come_is_told_by_what_the_list_said(stage):
    """Red before: after eight tries it was judged by what had been stored before the change, and so lost."""
    stage.pages[POSTS] = {"posts": [post(0, "Nurse")]}
    stage.configure(ELEDUCK + '[[searches]]\nname="x"\ntitle=["engineer"]\n' + OUT.format(folder=stage.folder))
    stage.round()
    stage.pages[POSTS] = {"posts": [post(1, "Technician 1")]}
    stage.round()
    fall_out(stage, 1)
    assert told(later(stage, 10)) == [("new", "Engineer 1")]
    assert outstanding(stage) == 0
    assert stage.means.store.ledger.rows("SELECT * FROM listed") == []


def test_a_change_that_found_no_room_is_told_after_a_day(stage):
    """Red before: nothing was ever asked for, so that no tries were used up, and it was outstanding for ever."""
    stage.pages[POSTS] = {"posts": [post(1, "Technician 1")]}
    stage.configure(ELEDUCK + '[[searches]]\nname="x"\ntitle=["engineer"]\n' + OUT.format(folder=stage.folder))
    stage.round()
    with_details(stage, 0)
    fall_out(stage, 1)
    assert later(stage, 20) == []
    stage.wait(timedelta(hours=4))
    assert told(stage.round()) == [("new", "Engineer 1")]
    assert outstanding(stage) == 0


def test_a_change_that_is_listed_again_with_other_words_is_judged_by_those(stage):
    """The list said *Engineer* and then, before the details came, *Nurse*: the last word counts."""
    stage.pages[POSTS] = {"posts": [post(1, "Technician 1")]}
    stage.configure(ELEDUCK + '[[searches]]\nname="x"\ntitle=["engineer", "nurse"]\n' + OUT.format(folder=stage.folder))
    stage.round()
    with_details(stage, 0)
    fall_out(stage, 1)
    stage.wait()
    stage.pages[POSTS] = {"posts": [post(1, "Nurse 1")]}
    assert stage.round() == []
    stage.pages[POSTS] = {"posts": [post(99, "Cook")]}
    assert told(later(stage, 26)) == [("new", "Nurse 1")]


# --- a list of all --------------------------------------------------------------------------------------------------

POSTINGS = "/v1/companies/acme/postings"


def nurses(count: int) -> list[tuple[str, str]]:
    return [(str(number), f"Nurse {number}") for number in range(100, 100 + count)]


@pytest.fixture
def whole(stage):
    """A list of all, on which an engineer whose details fail stands for one reading."""
    stage.pages[POSTINGS] = listed(*nurses(5))
    stage.configure(SMART + SEARCH + OUT.format(folder=stage.folder))
    stage.round()
    stage.pages[POSTINGS] = listed(("1", "Engineer 1"), *nurses(5))
    stage.pages[f"{POSTINGS}/1"] = Given(b"", 500)
    stage.wait()
    assert stage.round() == []
    stage.pages[POSTINGS] = listed(*nurses(5))
    return stage


def test_what_is_missing_from_a_list_of_all_is_asked_for_until_it_is_closed(whole):
    """Red before: boards flap, and nobody asked for the details until the list showed it again."""
    whole.pages[f"{POSTINGS}/1"] = detail("1", "Engineer 1", "We run Kubernetes.")
    assert told(later(whole, 1)) == [("new", "Engineer 1")]
    assert outstanding(whole) == 0


def test_what_is_closed_before_its_details_come_is_owed_to_nobody(whole):
    for _ in range(4):
        whole.wait(timedelta(hours=3))
        assert whole.round() == []
    whole.pages[f"{POSTINGS}/1"] = detail("1", "Engineer 1", "We run Kubernetes.")
    assert later(whole, 3) == []
    assert outstanding(whole) == 0
