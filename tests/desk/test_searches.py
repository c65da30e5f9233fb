"""The room of searches: form and text are one thing, a preview changes nothing, saving shows and keeps the file."""

from __future__ import annotations

import contextlib
import html
import re

from alerts.config.load import load

SLUG = "/searches/ml-platform-leadership"


def form_of(text: str) -> dict[str, object]:
    """The fields of the form as a browser would send them."""
    body = text[text.index("data-preview") : text.index("</form>", text.index("data-preview"))]
    found: dict[str, object] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', body):
        found[name] = html.unescape(value)
    for name, value in re.findall(r'<input id="f-\w+" name="(\w+)" value="([^"]*)"', body):
        found[name] = html.unescape(value)
    for name, value in re.findall(r'<textarea id="[^"]+" name="(\w+)"[^>]*>\n(.*?)</textarea>', body, re.DOTALL):
        found[name] = html.unescape(value)
    for name, value in re.findall(r'<input type="checkbox"[^>]*name="(\w+)" value="([^"]*)" checked', body):
        found.setdefault(name, []).append(value)
    return found | {"unknown": re.search(r'<option value="(\w+)" selected', body)[1]}


def post(person, path, fields):
    return person.press(path, fields, on=SLUG)


def test_the_list_says_what_is_found_and_told(house):
    person = house.person()
    text = person.get("/searches").text
    assert "ML platform leadership" in text
    assert "through out" in text
    row = person.get("/searches.json").json()["searches"][0]
    assert row["events"] == ["new", "changed"]
    assert row["enabled"] is True


def test_a_page_that_is_sent_back_unchanged_changes_nothing(house):
    person, before = house.person(), house.path.read_bytes()
    fields = form_of(person.get(SLUG).text)
    answer = post(person, SLUG, fields | {"do": "save"})
    assert answer.status_code == 200
    assert house.path.read_bytes() == before


def test_saving_shows_the_change_first_and_keeps_comments(house):
    house.path.write_text(house.path.read_text().replace('salary = "180k CAD"', 'salary = "180k CAD"   # what I need'))
    person, before = house.person(), house.path.read_text()
    fields = form_of(person.get(SLUG).text) | {"salary": "200k CAD", "do": "save"}
    shown = post(person, SLUG, fields)
    assert "put in: </span>+salary = &#34;200k CAD&#34;   # what I need" in shown.text
    assert house.path.read_text() == before, "nothing is written before it was seen"
    saved = post(person, SLUG, form_of(shown.text) | {"do": "save"})
    assert "Saved: ML platform leadership." in saved.text
    assert house.path.read_text() == before.replace('"180k CAD"', '"200k CAD"')


def test_the_text_is_the_other_view(house):
    person = house.person()
    fields = form_of(person.get(SLUG).text)
    text = fields["text"].replace('"180k CAD"', '"150k CAD"') + " AND python AND (rust OR go AND c)"
    answer = post(person, f"{SLUG}/preview", fields | {"text": text, "do": "preview-text"})
    now = form_of(answer.text)
    assert (now["salary"], now["require"], now["query"]) == ("150k CAD", "python", "rust OR go AND c")


def test_a_mistake_keeps_what_was_typed_and_stands_at_its_field(house):
    person, before = house.person(), house.path.read_bytes()
    fields = form_of(person.get(SLUG).text) | {"salary": "plenty", "title": "my own words", "do": "save"}
    answer = post(person, SLUG, fields)
    assert answer.status_code == 422
    assert 'id="e-salary"' in answer.text
    assert form_of(answer.text)["title"] == "my own words"
    assert form_of(answer.text)["salary"] == "plenty"
    wrong = post(person, f"{SLUG}/preview", fields | {"text": "a AND (b", "salary": "1k", "do": "preview-text"})
    assert wrong.status_code == 422
    assert 'id="e-text"' in wrong.text
    assert form_of(wrong.text)["text"] == "a AND (b"
    assert house.path.read_bytes() == before


def test_a_file_changed_meanwhile_is_never_overwritten(house):
    person = house.person()
    fields = form_of(person.get(SLUG).text) | {"salary": "200k CAD", "do": "save"}
    shown = form_of(post(person, SLUG, fields).text)
    house.path.write_text("# by hand\n" + house.path.read_text())
    answer = post(person, SLUG, shown | {"do": "save"})
    assert answer.status_code == 409
    assert '"180k CAD"' in house.path.read_text()
    assert "Saved" in post(person, SLUG, form_of(answer.text) | {"do": "save"}).text
    assert house.path.read_text().startswith("# by hand\n")


def test_rest_wake_remove_and_a_new_one(house):
    person = house.person()
    seen = form_of(person.get(SLUG).text)["seen"]
    assert "rests" in person.do(SLUG, {"do": "rest", "seen": seen}).text
    assert len(load(house.path, {}).searches) == 2
    seen = form_of(person.get(SLUG).text)["seen"]
    assert "is awake" in person.do(SLUG, {"do": "wake", "seen": seen}).text
    seen = form_of(person.get(SLUG).text)["seen"]
    person.do(SLUG, {"do": "remove", "seen": seen, "sure": seen})
    assert person.get(SLUG).status_code == 404
    fresh = form_of(person.get("/searches/new").text) | {"name": "Mine", "title": "java", "do": "save"}
    shown = post(person, "/searches/new", fresh)
    assert "Saved: Mine." in post(person, "/searches/new", form_of(shown.text) | {"do": "save"}).text
    assert [one.name for one in load(house.path, {}).searches][-1] == "Mine"


def test_the_preview_says_what_a_change_does_and_which_words_are_dead(house):
    person = house.person()
    fields = form_of(person.get(SLUG).text) | {"title": "enginneering manager", "do": "preview-form"}
    text = post(person, f"{SLUG}/preview", fields).text
    assert "“enginneering”: no posting has it. Did you mean" in text
    assert "lost" in text
    mended = post(person, f"{SLUG}/preview", fields | {"instead": "enginneering=engineering"}).text
    assert form_of(mended)["title"] == "engineering manager"


def test_nothing_else_of_the_file_is_shown(house):
    house.path.write_text(
        house.path.read_text() + 'templates = {}\n\n[channels.w]\nkind = "webhook"\nurl = "http://127.0.0.1:1/CANARY"\n'
    )
    person = house.person()
    fields = form_of(person.get(SLUG).text) | {"salary": "200k CAD", "do": "save"}
    assert "CANARY" not in post(person, SLUG, fields).text


def test_a_whole_preview_looks_further_back_than_a_quick_one(house, monkeypatch):
    monkeypatch.setattr("alerts.desk.search_preview.QUICK", 3)
    person = house.person()
    fields = form_of(person.get(SLUG).text)
    quick = post(person, f"{SLUG}/preview", fields | {"do": "preview-form"}).text
    assert "from the newest 3 postings" in quick
    assert 'value="whole"' in quick
    whole = post(person, f"{SLUG}/preview", fields | {"do": "preview-form", "stage": "whole"}).text
    assert re.search(r"from the newest 1\d postings", whole)
    assert 'value="whole"' not in whole


def test_a_whole_preview_shows_how_far_it_is_and_ends_when_one_types_on(house, monkeypatch):
    monkeypatch.setattr("alerts.desk.search_preview.QUICK", 3)
    monkeypatch.setattr("alerts.desk.search_preview.WAIT", 0.0)
    monkeypatch.setattr("alerts.match.prepared.PORTION", 4)
    trials = house.app.app.state.desk.trials
    person = house.person()
    fields = form_of(person.get(SLUG).text) | {"do": "preview-form", "stage": "whole"}
    with held(trials):
        far = post(person, f"{SLUG}/preview", fields).text
        assert re.search(r"Looked at 0 of 1\d", far)
        assert 'value="whole"' in far, "a press shows how far it is now"
        running = trials._running[""]
        post(person, f"{SLUG}/preview", fields | {"salary": "1k CAD", "stage": ""})
        assert running.ended.is_set()
    assert running.over.wait(30)
    again = fields | {"salary": "2k CAD"}
    post(person, f"{SLUG}/preview", again)
    assert trials._running[""].over.wait(30)
    assert re.search(r"from the newest 1\d postings<", post(person, f"{SLUG}/preview", again).text)


@contextlib.contextmanager
def held(trials):
    """No preview gets its turn meanwhile."""
    with contextlib.ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(trials._turn)
        yield
