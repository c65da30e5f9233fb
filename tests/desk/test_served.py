"""The desk over a database on a server: every page opens, and what is pressed is done."""

from __future__ import annotations

import pytest

from alerts.store.short import short
from tests.postgres import PASSWORD

pytestmark = pytest.mark.postgres


def test_every_page_opens_and_what_is_pressed_is_done_and_taken_back(served):
    person = served.person()
    with served.store() as store:
        (entry, *_) = store.inbox.newest()
        (delivery, *_) = store.outbox.deliveries()
    job = short(entry.job)
    of_rooms = (
        "/inbox",
        "/inbox.json",
        "/inbox.atom",
        "/inbox?q=engineer",
        f"/jobs/{job}",
        f"/jobs/{job}.json",
    )
    of_work = ("/searches", "/sources", "/sources.json", "/channels", "/channels.json", f"/deliveries/{delivery.id}", "/settings")
    for page in (*of_rooms, *of_work):
        answer = person.get(page)
        assert answer.status_code == 200, (page, answer.text)
        assert PASSWORD not in answer.text
    with served.store() as store:
        before = store.inbox.version()
    assert person.do(f"/jobs/{job}/mark", {"do": "save"}, on=f"/jobs/{job}").status_code == 200
    with served.store() as store:
        assert [mark.mark for mark in store.marks.of("job", str(entry.job))] == ["saved"]
        done = store.undo.all("")[0]
    assert person.do("/undo", {"undo": str(done.id)}).status_code == 200
    with served.store() as store:
        assert store.marks.of("job", str(entry.job)) == []
        assert store.inbox.version() >= before
