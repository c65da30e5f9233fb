"""Links of alerts: signed for one job, acting by a press only, without a sign-in; and none where they would be dead."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.cli.demo.scenario import JAVA, MANAGER
from alerts.config.load import load
from alerts.daemon.bootstrap import at_work
from alerts.model.event import EventKind
from alerts.model.message import Limits
from alerts.notify.act_links import ANSWERS, Signed, answer, read, with_links, written
from alerts.notify.alert_view import alert_of
from alerts.render import email, slack, text, webhook
from alerts.render.batch import Batch
from alerts.sandbox.reader import Reader
from alerts.store import link_key
from alerts.store.short import number

KEY = b"k" * 32
URL = "https://jobs.example.org"
ACTS = ("hide", "save", "applied")
MARKS = {"hide": "hide", "save": "saved", "applied": "applied"}


def made(house, what="hide", title=MANAGER.title, *, lasts=timedelta(days=30), key=KEY, person="") -> str:
    """A link as an alert of the house carries it."""
    place = link_key.place_of(house.folder / "demo.db")
    place.write_text(KEY.hex())
    return written(Signed(what, house.code(title), house.now + lasts, person), key)


def marks(house, title=MANAGER.title) -> set[str]:
    with house.store() as store:
        return {one.mark for one in store.marks.of("job", str(number(house.code(title))))}


def press(visitor, link, do):
    return visitor.press("/l/act", {"link": link, "do": do}, on=f"/l/{link}")


@pytest.mark.parametrize("what", ACTS)
def test_looking_does_nothing_and_one_press_without_sign_in_does_it_once(house, what):
    """Scanners of mail follow every link, by GET and HEAD, again and again."""
    link, visitor = made(house, what), house.visitor()
    for _ in range(3):
        page = visitor.get(f"/l/{link}", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"})
        assert page.status_code == 200
        assert "Nothing has been done yet." in page.text
        assert visitor.head(f"/l/{link}").status_code == 200
    assert MARKS[what] not in marks(house)
    done = press(visitor, link, what)
    assert done.status_code == 200
    assert "Nothing has been done yet." not in done.text
    assert MARKS[what] in marks(house)
    for again in (press(visitor, link, what), visitor.get(f"/l/{link}")):
        assert "Already " in again.text
    assert not visitor.cookies, "it signs in to nothing"
    assert visitor.get("/inbox").url.path == "/login"


def test_what_was_done_by_a_link_can_be_taken_back_at_the_desk(house):
    press(house.visitor(), made(house, "hide"), "hide")
    person = house.person()
    undo = re.search(r'name="undo" value="(\d+)"', person.get("/inbox").text)
    assert undo
    person.do("/undo", {"undo": undo[1]})
    assert "hide" not in marks(house)


def test_the_other_acts_are_for_the_same_job(house):
    press(house.visitor(), made(house, "hide"), "save")
    assert marks(house) == {"saved"}
    assert marks(house, JAVA.title) == set()


def test_no_letter_of_a_link_can_be_changed(house):
    """Neither into another job nor another act, a later day, another person; whatever is wrong, the answer is the same."""
    link, visitor = made(house), house.visitor()
    what, job, until, person, mac = link.split(".")
    other = house.code(JAVA.title)
    bad = [
        f"{what}.{other}.{until}.{person}.{mac}",
        f"save.{job}.{until}.{person}.{mac}",
        f"{what}.{job}.{int(until) + 1}.{person}.{mac}",
        f"{what}.{job}.{until}.Ym9i.{mac}",
        f"{what}.{job}.{until}.{person}.{mac[:-1]}{'A' if mac[-1] != 'A' else 'B'}",
        f"{what}.{job}.{until}.{person}.{mac}A",
        f"{what}.{job}.{until}.{person}.",
        made(house, lasts=timedelta(seconds=-1)),
        made(house, key=b"x" * 32),
        made(house, "unhide"),
        written(Signed("hide", "zzzzzz", house.now + timedelta(days=1), ""), KEY),
        "x",
        link.upper(),
    ]
    pages = [visitor.get(f"/l/{one}") for one in bad] + [press(visitor, one, "hide") for one in bad]
    assert {page.status_code for page in pages} == {410}
    assert len({re.sub(r'nonce="[^"]+"', "", page.text) for page in pages}) == 1, "nothing says what was wrong"
    assert marks(house) == marks(house, JAVA.title) == set()


def test_every_sign_of_a_link_counts():
    from datetime import UTC, datetime

    now = datetime(2026, 11, 28, tzinfo=UTC)
    signed = Signed("hide", "7k3f", now + timedelta(days=30), "böb.x")
    link = written(signed, KEY)
    assert read(link, KEY, now) == signed
    signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
    for at in range(len(link)):
        for sign in signs:
            changed = link[:at] + sign + link[at + 1 :]
            assert changed == link or read(changed, KEY, now) is None, changed
    assert read(link + "\n", KEY, now) is None
    assert read(link, b"", now) is None, "where no key was made, nothing is good"


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
)
def test_a_press_comes_from_our_own_page(house, headers):
    """A page elsewhere that has the link cannot make a browser press it."""
    link = made(house)
    assert house.visitor().post("/l/act", data={"link": link, "do": "hide"}, headers=headers).status_code == 403
    assert marks(house) == set()


def test_a_link_is_of_no_use_for_anything_else(house):
    link, visitor = made(house), house.visitor()
    assert press(visitor, link, "hide-company").status_code == 404
    assert press(visitor, link, "unhide").status_code == 404
    assert visitor.get(f"/l/{link}", headers={"host": "evil.example"}).status_code == 421
    assert visitor.get(f"/l/{link}", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}).status_code == 403
    assert visitor.post(f"/l/{link}", data={}, headers={"origin": "http://127.0.0.1:8484"}).status_code in (404, 405)
    assert marks(house) == set()


def test_a_link_is_asked_sixty_times_an_hour_at_most(house):
    link, visitor = made(house), house.visitor()
    assert [visitor.get(f"/l/{link}").status_code for _ in range(61)] == [200] * 60 + [429]
    house.now += timedelta(hours=1, seconds=1)
    assert visitor.get(f"/l/{link}").status_code == 200


def with_desk(house):
    house.path.write_text(house.path.read_text() + f'\n[desk]\nurl = "{URL}"\n')
    return at_work(load(house.path, {}), house.now, Reader(inline=True))


def an_alert(means):
    store = means.store
    delivery = next(one for one in store.outbox.deliveries(limit=50) if store.outbox.of_delivery(one.id))
    return replace(alert_of(store, store.outbox.of_delivery(delivery.id)[0]), event=EventKind.NEW)


def messages(alert, now):
    batch = Batch("d", (alert,), Limits(), now)
    return email.render(batch), slack.render(batch), text.render(batch)


def test_alerts_carry_links_only_where_the_desk_answered_lately(house):
    with with_desk(house) as means:
        alert = an_alert(means)
        assert with_links(alert, means, house.now).links == {}, "nobody asked it yet"
        means.store.keep_fact(ANSWERS, answer(URL, "HTTP 502"), house.now)
        assert with_links(alert, means, house.now).links == {}
        means.store.keep_fact(ANSWERS, answer("https://older.example"), house.now)
        assert with_links(alert, means, house.now).links == {}, "it has another address now"
        means.store.keep_fact(ANSWERS, answer(URL), house.now)
        assert with_links(alert, means, house.now + timedelta(hours=2)).links == {}, "that was long ago"
        linked = with_links(alert, means, house.now)
        assert list(linked.links) == list(ACTS)
        assert with_links(replace(alert, event=EventKind.CLOSED), means, house.now).links == {}
    for message in messages(alert, house.now):
        assert "/l/" not in f"{message.text}{message.html}{message.payload}"
        assert "job-alerts hide" in message.text
    for message in messages(linked, house.now):
        said = f"{message.text}{message.html}{message.payload}"
        for url in linked.links.values():
            assert url in said
        assert "Not for me" in said
        assert "job-alerts hide" not in message.text
    assert (
        webhook.render(Batch("d", (linked,), Limits(), house.now)).payload
        == webhook.render(Batch("d", (alert,), Limits(), house.now)).payload
    )


def test_a_link_of_a_mail_acts_at_the_desk(house):
    with with_desk(house) as means:
        means.store.keep_fact(ANSWERS, answer(URL), house.now)
        alert = with_links(an_alert(means), means, house.now)
    mail, _, _ = messages(alert, house.now)
    path = re.search(rf'href="{URL}(/l/hide\.[^"]+)"', mail.html)
    assert path
    visitor = house.visitor()
    button = re.search(r'name="link" value="([^"]+)"', visitor.get(path[1]).text)
    assert button
    press(visitor, button[1], "hide")
    with house.store() as store:
        assert [one.mark for one in store.marks.of("job", str(number(alert.job)))] == ["hide"]


def test_many_jobs_in_one_mail_have_links_and_the_mail_is_measured_with_them(house):
    with with_desk(house) as means:
        means.store.keep_fact(ANSWERS, answer(URL), house.now)
        linked = with_links(an_alert(means), means, house.now)
    many = tuple(replace(linked, id=f"a-{at}") for at in range(200))
    limits = Limits(size=90_000)
    parts = email.parts(many, limits)
    mails = [email.render(Batch("d", part, limits, house.now, total=200)) for part in parts]
    assert all(len(mail.html.encode()) <= 90_000 for mail in mails)
    assert sum(mail.html.count(linked.links["hide"]) for mail in mails) == 200
