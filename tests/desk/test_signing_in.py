"""Signing in: a link that works once and only by a pressed button, passwords, and when it ends."""

from __future__ import annotations

import html
import re
from datetime import timedelta

from alerts.desk import sessions
from alerts.desk.sessions import one_time_link
from alerts.store.store import Store


def link(house) -> str:
    with house.store() as store:
        return one_time_link(store, "", house.now)


def test_looking_at_the_link_uses_nothing_up_and_pressing_does_so_once(house):
    once = link(house)
    visitor = house.visitor()
    for _ in range(3):  # a mail scanner, a preview, the person
        assert "Sign in" in visitor.get(f"/login?once={once}").text
    answer = visitor.post("/login", data={"once": once, "to": "/inbox?since=7d"}, headers={"origin": "http://127.0.0.1:8484"})
    assert str(answer.url).endswith("/inbox?since=7d")
    cookie = answer.history[0].headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=2592000"):
        assert part in cookie
    again = house.visitor().press("/login", {"once": once})
    assert again.status_code == 403
    assert "used already" in again.text


def test_a_link_lasts_ten_minutes(house):
    once = link(house)
    house.now += timedelta(minutes=11)
    assert house.visitor().press("/login", {"once": once}).status_code == 403


def test_only_hashes_are_stored(house):
    once, person = link(house), house.person()
    cookie = person.cookies["desk"]
    stored = (house.folder / "demo.db").read_bytes() + b"".join(p.read_bytes() for p in house.folder.glob("demo.db-wal"))
    assert cookie.encode() not in stored
    assert once.encode() not in stored


def test_a_sign_in_ends_by_signing_out_and_after_thirty_days(house):
    person = house.person()
    assert person.do("/logout", {}).url.path == "/login"
    assert person.get("/inbox").url.path == "/login"
    other = house.person()
    house.now += timedelta(days=31)
    assert other.get("/inbox").url.path == "/login"


def test_a_sign_in_elsewhere_can_be_ended(house):
    one, other = house.person(), house.person()
    one.do("/settings/sessions", {"end": "others"})
    assert one.get("/inbox").url.path == "/inbox"
    assert other.get("/inbox").url.path == "/login"


def test_a_password_signs_in_and_five_wrong_ones_make_a_pause(house):
    with house.store() as store:
        store.sessions.keep_password("", sessions.hash_of("correct horse battery"))
    assert house.visitor().press("/login", {"who": "", "password": "correct horse battery"}).url.path == "/inbox"
    visitor = house.visitor()
    for _ in range(5):
        assert visitor.press("/login", {"who": "", "password": "wrong"}).status_code == 422
    assert visitor.press("/login", {"who": "", "password": "correct horse battery"}).status_code == 429
    house.now += timedelta(minutes=16)
    assert visitor.press("/login", {"who": "", "password": "correct horse battery"}).url.path == "/inbox"


def test_the_same_is_said_of_a_name_that_is_not_there(house):
    with house.store() as store:
        store.sessions.keep_password("", sessions.hash_of("correct horse battery"))
    wrong = [house.visitor().press("/login", {"who": who, "password": "wrong"}) for who in ("", "nobody")]
    assert wrong[0].status_code == wrong[1].status_code
    assert wrong[0].text.count("do not go together") == wrong[1].text.count("do not go together") == 1


def test_a_feed_reader_reads_the_feed_and_nothing_else(house):
    """Red before: Atom asked for the cookie of a browser, which no feed reader has."""
    person, reader = house.person(), house.visitor()
    shown = person.do("/settings/feed", {})
    address = html.unescape(re.search(r'readonly value="([^"]+)"', shown.text)[1])
    key = address.partition("key=")[2]
    assert "<entry>" in reader.get(address).text
    assert reader.get(f"{address}&work=remote").status_code == 200
    assert key not in reader.get(address).text
    assert key not in person.get("/settings").text, "it is told once"
    for path in ("/inbox", "/inbox.json", "/settings", "/sources.json"):
        assert reader.get(path, params={"key": key}, follow_redirects=False).status_code in (303, 401)
    cookie = {"cookie": f"desk={key}"}
    assert reader.get("/inbox.json", headers=cookie).status_code == 401, "the key is no sign-in"
    assert reader.get("/inbox.atom", params={"key": "wrong"}).status_code == 401
    with house.store() as store:
        assert not store.ledger.rows("SELECT 1 FROM sessions WHERE id = ?", (key,)), "only a hash is stored"
    listed = [one for one in person.get("/settings.json").json()["signed_in"] if one["agent"] == "Feed reader"]
    person.do("/settings/sessions", {"end": listed[0]["id"]})
    assert reader.get(address).status_code == 401


def test_another_database_in_the_configuration_is_the_one_that_is_shown(house) -> None:
    """Red before: a connection that was kept went on showing the one before, and whom it had signed in."""
    person = house.person()
    assert person.get("/inbox").url.path == "/inbox"
    with Store(house.folder / "other.db"):
        house.path.write_text(house.path.read_text("utf-8").replace('"demo.db"', '"other.db"'), "utf-8")
    assert person.get("/inbox").url.path == "/login"
