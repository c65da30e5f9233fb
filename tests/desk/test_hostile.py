"""A posting that is hostile in every field: nothing of it runs, loads, styles, or breaks out of its place."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from alerts.config.load import load
from alerts.desk.facets import source_code
from tests.desk.hostile import BAD, plant


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def hostile(house):
    return house, plant(house)


def test_nothing_of_it_becomes_markup(hostile):
    house, code = hostile
    person = house.person()
    paths = ["/inbox", "/inbox?show=all", f"/jobs/{code}", f"/jobs/{code}/text", f"/inbox?like={code}", "/inbox?q=alert"]
    paths += ["/inbox/facets/place", "/inbox/facets/source", "/settings"]
    paths += ["/applications", "/applications?as=list", "/applications/figures"]
    paths += [f"/applications/{code}", f"/applications/{code}/forget"]
    person.do(f"/jobs/{code}/mark", {"do": "applied"})
    for do in ("note", "contact", "file"):
        person.do(f"/applications/{code}/say", {"do": do, do: BAD})
    for path in paths:
        page = person.get(path)
        assert page.status_code == 200, (path, page.text[:300])
        tags = Tags()
        tags.feed(page.text)
        for tag, attributes in tags.found:
            assert tag not in ("iframe", "style", "img", "object", "embed", "base", "meta") or tag == "meta", path
            assert not any(name.startswith("on") or name == "style" for name in attributes), (path, tag, attributes)
            if tag == "script":
                assert (attributes.get("src") or "").startswith("/static/"), path
            for name in ("href", "src", "action", "formaction"):
                address = attributes.get(name) or ""
                assert re.match(r"/|#|https?://|$", address), (path, address)
                assert not address.startswith("//"), path
        assert "\u202e" not in page.text, "nothing turns the direction of the page"
        assert "49" not in re.findall(r"\{\{|49 \}", page.text)


def test_it_is_whole_as_json_and_well_formed_as_atom(hostile):
    from xml.etree import ElementTree

    house, code = hostile
    person = house.person()
    assert person.get("/inbox.json").status_code == 200
    assert person.get("/inbox.json").headers["content-type"].startswith("application/json")
    assert person.get(f"/jobs/{code}.json").json()["postings"][0]["company"] == BAD
    ElementTree.fromstring(person.get("/inbox.atom").content)


def test_acts_on_it_say_it_harmlessly(hostile):
    house, code = hostile
    person = house.person()
    for do in ("save", "applied", "hide", "unhide", "hide-company"):
        page = person.do(f"/jobs/{code}/mark", {"do": do})
        assert page.status_code == 200
        assert "<script>alert" not in page.text


@pytest.mark.parametrize("where", ["q", "since", "place", "search", "like", "before", "order", "show", "source"])
def test_an_address_with_markup_is_shown_as_text(house, where):
    page = house.person().get("/inbox", params={where: BAD})
    assert page.status_code in (200, 404)
    tags = Tags()
    tags.feed(page.text)
    assert not any(tag in ("img", "style", "svg") and "onload" in attributes for tag, attributes in tags.found)
    assert "<script>alert" not in page.text


def test_secrets_and_places_of_files_stand_on_no_page(house):
    config, secret = house.path.read_text(), "whsec_Q0FOQVJZMkNBTkFSWTJDQU5BUlky"
    hook = f'[channels.hook]\nkind = "webhook"\nurl = "https://example.org/CANARY1"\nsecret = "{secret}"\n'
    house.path.write_text(f"{config}\n{hook}")
    person, code = house.person(), house.code("Data Engineer")
    for path in (
        "/inbox",
        "/inbox.json",
        "/inbox.atom",
        f"/jobs/{code}",
        f"/jobs/{code}.json",
        "/sources",
        "/sources.json",
        "/channels",
        "/channels.json",
        "/settings",
        "/login",
        "/nothing",
    ):
        text = person.get(path).text
        assert "CANARY" not in text, path
        assert "Q0FOQVJZ" not in text, path
        assert str(house.folder) not in text, path


def test_a_source_and_a_channel_with_markup_everywhere_are_shown_as_text(house):
    """Names, the words of servers, what a source says of its new address, subjects and texts of messages."""
    name = "<script>alert(1)</script>/?#"
    text = house.path.read_text().replace('name = "Bluefin Analytics"', f"name = '{name}'")
    house.path.write_text(text + f"\n[channels.'{name}']\nkind = 'file'\npath = 'odd.jsonl'\n")
    person = house.person()
    with house.store() as store:
        source = next(state.key for state in store.sources.states() if state.name == "Bluefin Analytics")
        store.sources.configure(load(house.path, {}).sources, house.now)
        store.sources.keep_bad(source, house.now, house.now, BAD)
        store.channels.bad(name, house.now, BAD, None)
        store.outbox.notice("n1", name, BAD, BAD, house.now)
        store.outbox.claim(name, house.now, timedelta(minutes=5))
        store.outbox.mark_dead("n1", house.now, BAD)
    for path in ("/sources", f"/sources/{source_code(source)}", "/channels", "/deliveries/n1"):
        page = person.get(path)
        assert page.status_code == 200, path
        tags = Tags()
        tags.feed(page.text)
        assert not any("onload" in attributes for _, attributes in tags.found), path
        assert "<script>alert" not in page.text, path
        assert "\u202e" not in page.text, path
    action = next(found for found in re.findall(r'action="(/channels/[^"]+)"', person.get("/channels").text) if "script" in found)
    assert "A test is sent through" in person.do(action, {"do": "test"}).text
