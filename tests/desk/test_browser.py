"""The desk in a real browser: journeys with and without script, by keyboard alone, on a phone, in the dark; and axe."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from alerts.acts import applications, forms
from alerts.cli.demo.scenario import JAVA, MANAGER, REMOTE
from alerts.config.load import load
from alerts.daemon import wishes
from alerts.daemon.bootstrap import at_work
from alerts.desk.app import create_app
from alerts.desk.facets import source_code
from alerts.desk.plan_file import watched
from alerts.desk.sessions import one_time_link
from alerts.listener.bound import bind
from alerts.listener.listener import server
from alerts.model.application import State
from alerts.model.form import Question
from alerts.model.plan import Http
from alerts.notify import act_links
from alerts.notify.deliver import deliver
from alerts.sandbox.reader import Reader
from alerts.store import link_key
from alerts.store.short import number

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("no browser is found: apt-get install chromium", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")

QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
#: A page is whole when its answer is there; under load that takes its time.
PATIENCE = 20_000


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


@contextmanager
def served(house) -> Iterator[str]:
    """The house's desk on a port of its own."""
    listener = bind(Http("127.0.0.1", 0))
    origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
    app = create_app(watched(house.path), origins=(origin,), now=lambda: house.now)
    serving = server(app)
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield origin
    finally:
        serving.should_exit = True
        thread.join()
        listener.close()
        app.app.state.desk.close()


class Person:
    """Somebody at a browser, signed in; every word of the console and every request elsewhere is kept."""

    def __init__(self, browser, origin: str, house, **how: object) -> None:
        self.origin, self.errors, self.elsewhere = origin, [], []
        context = browser.new_context(viewport=how.pop("viewport", WIDE), **how)
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", lambda message: self.errors.append(message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda asked: asked.url.startswith(origin) or self.elsewhere.append(asked.url))
        with house.store() as store:
            once = one_time_link(store, "", house.now)
        self.page.goto(f"{origin}/login?once={once}")
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(f"{origin}/inbox")

    def press(self, words: str, title: str) -> None:
        """A button of one thing in a list: its name says of which."""
        self.page.get_by_role("button", name=re.compile(rf"^{words}\s*: {re.escape(title)}$")).click()

    def titles(self) -> list[str]:
        return [one.inner_text() for one in self.page.locator("article.card h3 a").all()]

    def wait_for_said(self, words: str) -> None:
        self.page.locator("#said").get_by_text(words).wait_for()

    def end(self) -> None:
        assert self.errors == []
        assert self.elsewhere == []
        self.page.context.close()


@pytest.fixture
def at(house, browser):
    """Makes a person at a browser; at the end nothing was wrong on any console."""
    people: list[Person] = []
    with served(house) as origin:

        def sit(**how: object) -> Person:
            people.append(Person(browser, origin, house, **how))
            return people[-1]

        yield sit
        for person in people:
            person.end()


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_a_morning_without_script(at, viewport):
    """Open, come back, save, hide, undo, applied; unread is right after each."""
    person = at(viewport=viewport, java_script_enabled=False)
    page = person.page
    assert person.titles() == [JAVA.title, MANAGER.title, REMOTE.title]
    page.get_by_role("link", name=MANAGER.title, exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == MANAGER.title
    page.go_back()
    assert "3 unread" in page.locator("#counts").inner_text()
    person.press("Save", REMOTE.title)
    assert "2 unread" in page.locator("#counts").inner_text()
    person.press("Hide", MANAGER.title)
    assert person.titles() == [JAVA.title]
    page.get_by_role("button", name="Undo", exact=True).click()
    person.wait_for_said("Taken back.")
    assert person.titles() == [JAVA.title, MANAGER.title]
    person.press("Applied", MANAGER.title)
    assert "1 unread" in page.locator("#counts").inner_text()


def test_with_script_a_press_moves_only_what_it_changes(at):
    person = at()
    page = person.page
    page.evaluate("window.stayed = true")
    person.press("Hide", MANAGER.title)
    person.wait_for_said("Hidden: Engineering Manager")
    assert person.titles() == [JAVA.title, REMOTE.title]
    assert page.evaluate("window.stayed") is True, "the page was not loaded anew"
    assert "2 unread" in page.locator("#counts").inner_text()


def test_by_keys_alone_focus_is_never_lost(at):
    person = at()
    page = person.page
    focused = "document.activeElement === document.body ? 'nowhere' : 'somewhere'"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.innerText") == MANAGER.title
    page.keyboard.press("s")
    person.wait_for_said("Saved: Engineering Manager")
    assert page.evaluate(focused) != "nowhere"
    page.keyboard.press("j")
    page.keyboard.press("h")
    person.wait_for_said("Hidden: Data Engineer")
    assert page.evaluate(focused) != "nowhere"
    page.keyboard.press("u")
    person.wait_for_said("Taken back.")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("react")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inbox?q=react")
    assert person.titles() == ["JavaScript Developer"]
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/inbox")


def test_keys_can_be_switched_off(at):
    person = at()
    page = person.page
    page.goto(f"{person.origin}/settings")
    page.get_by_role("button", name="Switch them off").click()
    page.wait_for_url("**/settings")
    page.goto(f"{person.origin}/inbox")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")


def test_filters_make_an_address_that_shows_the_same_elsewhere(at):
    person = at(java_script_enabled=False)
    page = person.page
    filters = page.get_by_role("navigation", name="Filters")
    filters.get_by_role("link", name="Hybrid").click()
    filters.get_by_role("link", name="Canada").click()
    assert person.titles() == [MANAGER.title]
    other = at(java_script_enabled=False)
    other.page.goto(page.url)
    assert other.titles() == [MANAGER.title]
    page.get_by_role("link", name=re.compile("^Canada.*remove this filter")).click()
    assert person.titles() == [JAVA.title, MANAGER.title]


def test_a_letter_is_kept_and_a_listing_parted_without_script(at):
    person = at(java_script_enabled=False)
    page = person.page
    page.get_by_role("link", name=MANAGER.title, exact=True).click()
    page.get_by_role("textbox", name="Letter").fill("Dear all")
    page.get_by_role("button", name="Keep this version").click()
    assert page.get_by_role("textbox", name="Letter").input_value() == "Dear all"
    listings = page.locator("#seen ~ form li")
    before = listings.count()
    page.get_by_role("button", name=re.compile("^Not the same")).first.click()
    assert "is a job of its own now" in page.locator("#said").inner_text()
    assert listings.count() == before - 1
    page.get_by_role("button", name="Undo", exact=True).click()
    assert listings.count() == before


def in_trouble(house) -> list[str]:
    """A source that is gone, a channel that fails, messages in every state; the pages that show it."""
    with house.store() as store:
        source = next(state for state in store.sources.states() if state.name == "Bluefin Analytics")
        store.sources.keep_bad(source.key, house.now, house.now + timedelta(hours=1), "HTTP 410 Gone")
        store.outbox.notice("gone1", "out", "A word to you", "what it says", house.now)
        store.outbox.claim("out", house.now, timedelta(minutes=5))
        store.outbox.mark_dead("gone1", house.now, "552 too large")
        store.outbox.notice("wait1", "out", "Another word", "what it says", house.now)
        store.floods.hold("held1", "out", house.now, {"heading": "too much", "scopes": [["channel", "out"]]})
        store.channels.bad("out", house.now, "404 no_service", house.now + timedelta(hours=1))
    return ["/sources", f"/sources/{source_code(source.key)}", "/channels", "/deliveries/gone1", "/deliveries/held1"]


def added(house) -> list[str]:
    """Places that somebody wants to watch, in every state."""
    said = ["acme.example", "  found     Greenhouse (board = acme), by its address", "  openings  12 (all that are open)"]
    good = {"state": "would", "name": "Acme", "lines": said, "toml": '[[sources]]\nkind = "greenhouse"', "table": {}}
    terms = {"state": "not", "lines": ["adzuna.example", "  terms     a key of your own"], "terms": True, "table": {}}
    with house.store() as store:
        numbers = [store.requests.add("", "look", f"{at}.example", house.now) for at in range(3)]
        store.requests.settle(numbers[0], house.now, json.dumps(good))
        store.requests.settle(numbers[1], house.now, json.dumps(terms))
    return ["/sources/add", *(f"/sources/add?wish={number}" for number in numbers)]


def linked(house) -> list[str]:
    """Links of alerts: one that works, one that does not."""
    link_key.place_of(house.folder / "demo.db").write_text("6b" * 32)
    until = house.now + timedelta(days=30)
    good = act_links.written(act_links.Signed("hide", house.code(MANAGER.title), until, ""), bytes.fromhex("6b" * 32))
    return [f"/l/{good}", "/l/changed"]


def applied_for(house) -> list[str]:
    """Applications in several states, one with all that can be said; the pages that show them."""
    profile = house.folder / "profile.toml"
    profile.write_text('name = "Ada Example"\n[answers]\n"Notice period" = "a month"\n', "utf-8")
    house.path.write_text(
        re.sub(r"^(letter = .*)$", r'\1\nprofile = "profile.toml"', house.path.read_text(), flags=re.M), "utf-8"
    )
    asked = [Question("Full name", required=True), Question("Notice period?"), Question("Gender", options=("A", "B"))]
    asked += [
        Question("Work permit?", True, "choice", ("Yes", "No")),
        Question("Why us?", True, "long"),
        Question("CV", True, "file"),
    ]
    zone, now = "Europe/Berlin", house.now
    with house.store() as store:
        jobs = {title: number(house.code(title)) for title in (MANAGER.title, REMOTE.title, JAVA.title, "Java Architect")}
        first = jobs[MANAGER.title]
        forms.keep(store, applications.set_state(store, first, State.PREPARING, now, zone).application.rows[0], asked, now)
        applications.add(store, first, "contact", "Amira Khan, amira@example.org", now)
        applications.remind(store, first, "2026-12-03T10:00", "send the thank-you", now, zone)
        applications.set_state(store, jobs[REMOTE.title], State.APPLIED, now - timedelta(days=20), zone)
        applications.set_state(store, jobs[REMOTE.title], State.ANSWERED, now - timedelta(days=16), zone)
        applications.set_state(store, jobs[JAVA.title], State.APPLIED, now - timedelta(days=15), zone)
        applications.set_state(store, jobs["Java Architect"], State.REJECTED, now, zone)
    here = f"/applications/{house.code(MANAGER.title)}"
    rest = ["/applications", "/applications?as=list", "/applications?state=offer", "/applications/figures", f"{here}/forget"]
    return [*rest, here, f"/applications/{house.code(REMOTE.title)}", f"/applications/{house.code('JavaScript Developer')}"]


def test_the_board_by_keyboard_alone_without_script(at, house):
    """From the first card to the next state and back, by Tab and Enter; list and filters are links on the way."""
    applied_for(house)
    person = at(java_script_enabled=False)
    page = person.page
    page.goto(f"{person.origin}/applications")
    to_tab(page, "→ Applied")
    page.keyboard.press("Enter")
    person.wait_for_said("Applied on")
    to_tab(page, "Undo")
    page.keyboard.press("Enter")
    person.wait_for_said("Taken back.")
    to_tab(page, "List")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="List (4)").wait_for()
    to_tab(page, "Move elsewhere")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Offer")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    person.wait_for_said("Offer on")


def to_tab(page, words: str) -> None:
    """Press Tab until what has these words is focused."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.locator(":focus").count() and (page.locator(":focus").text_content() or "").startswith(words):
            return
    pytest.fail(f"{words!r} is not reached by keyboard")


def test_with_script_the_board_moves_without_a_reload(at, house):
    applied_for(house)
    person = at()
    page = person.page
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/applications")
    page.evaluate("window.stayed = true")
    page.get_by_role("button", name=re.compile(f"^Applied\\s*: {MANAGER.title}")).click()
    person.wait_for_said("Applied on")
    applied = page.locator("section", has=page.get_by_role("heading", name=re.compile("^Applied"), level=3)).last
    assert applied.get_by_role("link", name=MANAGER.title).count() == 1
    assert page.evaluate("window.stayed") is True, "the page was not loaded anew"
    page.get_by_role("link", name=MANAGER.title).first.click()
    page.get_by_role("button", name=re.compile("^Copy")).first.click()
    person.wait_for_said("Copied.")


def test_an_alert_is_answered_on_a_phone_without_script_or_sign_in(at, house):
    """Mail → page → one press → hidden; again → already hidden; taken back at the desk."""
    person = at(viewport=PHONE, java_script_enabled=False)
    path = linked(house)[0]
    stranger = person.page.context.browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    stranger.goto(person.origin + path)
    stranger.get_by_text("Nothing has been done yet.").wait_for()
    stranger.get_by_role("button", name="Hide it").click()
    stranger.get_by_role("heading", name="Hidden: ").wait_for()
    stranger.goto(person.origin + path)
    stranger.get_by_role("heading", name="Already hidden").wait_for()
    stranger.context.close()
    person.page.goto(f"{person.origin}/inbox")
    assert not person.page.get_by_role("heading", name=MANAGER.title).count()
    person.page.get_by_role("button", name="Undo").click()
    person.page.get_by_role("heading", name=MANAGER.title).wait_for()


def test_from_the_first_search_to_applied_without_script(at, house):
    """A new search is tried and saved, a job of the inbox is opened, saved and applied for."""
    person = at(viewport=PHONE, java_script_enabled=False)
    page = person.page
    page.get_by_role("link", name="Searches").first.click()
    page.get_by_role("link", name="New search").first.click()
    page.get_by_label("Name", exact=True).fill("Java anywhere")
    page.get_by_label(re.compile("^Title")).first.fill("java developer")
    page.get_by_role("button", name="Preview from the form").click()
    page.get_by_role("button", name="Save and use at once").click()
    person.wait_for_said("Saved: Java anywhere.")
    page.get_by_role("link", name=re.compile("^Inbox")).first.click()
    page.get_by_role("link", name=JAVA.title).first.click()
    page.get_by_role("button", name=re.compile("^Save")).first.click()
    person.wait_for_said("Saved")
    page.get_by_role("button", name=re.compile("^Applied")).first.click()
    person.wait_for_said("Marked as applied")
    assert 'name = "Java anywhere"' in house.path.read_text()


def test_trouble_is_seen_and_mended_on_a_phone_without_script(at, house):
    """A source that is gone is read now and then rests; a test lifts the failure; what was given up is tried again."""
    in_trouble(house)
    person = at(viewport=PHONE, java_script_enabled=False)
    page = person.page
    page.get_by_role("link", name=re.compile("^Sources")).click()
    page.get_by_role("heading", name="Needs attention (1)").wait_for()
    page.get_by_text("The page is gone.").wait_for()
    person.press("Read now", "Bluefin Analytics")
    person.wait_for_said("being read now")
    person.press("Pause for 7 days", "Bluefin Analytics")
    person.wait_for_said("rests until")
    page.get_by_role("link", name="Bluefin Analytics", exact=True).click()
    page.get_by_role("heading", name="Day by day").wait_for()
    page.get_by_role("link", name=re.compile("^Channels")).click()
    page.get_by_role("button", name="Send a test through out").click()
    person.wait_for_said("A test is sent")
    person.press("Try again", "A word to you")
    person.wait_for_said("It goes out with the next round")
    house.now += timedelta(minutes=1)
    with at_work(load(house.path, {}), house.now, Reader(inline=True)) as means:
        wishes.take(means, house.now)
        wishes.take_tests(means, house.now)
        while deliver(means.plan.channels["out"], means, house.now):
            pass
    page.get_by_role("link", name=re.compile("^Channels")).click()
    page.get_by_role("heading", name="All is well (1)").wait_for()
    page.get_by_role("link", name="A word to you").click()
    page.get_by_role("cell", name="552 too large").wait_for()
    page.get_by_role("cell", name="sent", exact=True).wait_for()
    page.get_by_role("link", name=re.compile("^Sources")).click()
    page.get_by_text("Paused by you until").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_axe_finds_nothing_and_nothing_runs_over_the_side(at, house, viewport, scheme):
    """WCAG 2.2 A and AA and best practice on every page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")
    person = at(viewport=viewport, color_scheme=scheme, bypass_csp=True)  # axe itself is a script without our number
    page, code = person.page, house.code(MANAGER.title)
    paths = ["/inbox", "/inbox?show=all&work=hybrid", "/inbox?q=nothing-at-all", "/inbox?work=remote&place=Toronto"]
    paths += [*in_trouble(house), *added(house), *linked(house)]
    paths += ["/searches", "/searches/ml-platform-leadership", "/searches/new"]
    paths += [f"/jobs/{code}", f"/jobs/{code}/text", "/inbox/facets/place", "/settings", "/login", "/login?once=x"]
    found: list[str] = []
    for path in paths:
        page.goto(person.origin + path)
        if path == "/inbox":
            person.press("Save", REMOTE.title)
            person.wait_for_said("Saved")
        found += wrong_on(axe, page, path)
    person.errors = [words for words in person.errors if "410 (Gone)" not in words]  # the link that does not work
    assert found == []


def wrong_on(axe, page, path: str) -> list[str]:
    """What axe finds, and what runs over the side."""
    found = [
        f"{path}: {one['id']}: {node['html'][:200]}"
        for one in axe.Axe().run(page).response["violations"]
        for node in one["nodes"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(f"{path}: scrolls sideways")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_axe_finds_nothing_in_the_room_of_applications(at, house, viewport, scheme):
    """Empty and full, and where something that was typed is refused."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")
    person = at(viewport=viewport, color_scheme=scheme, bypass_csp=True)
    page, found = person.page, []
    for full in (False, True):
        for path in applied_for(house) if full else ("/applications", "/applications/figures"):
            page.goto(person.origin + path)
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            found += wrong_on(axe, page, path)
    page.goto(f"{person.origin}/applications/{house.code(MANAGER.title)}")
    page.get_by_label("at", exact=True).fill("2026-11-01T10:00")
    page.get_by_role("button", name="Keep the reminder").click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("at", exact=True).input_value() == "2026-11-01T10:00"
    found += wrong_on(axe, page, "refused")
    person.errors = [words for words in person.errors if "422" not in words]
    assert found == []


def test_a_hostile_posting_opens_no_dialog_and_asks_nobody(at, house):
    from tests.desk.hostile import plant

    code = plant(house)
    person = at()
    person.page.on("dialog", lambda dialog: person.errors.append(dialog.message))
    for path in ("/inbox", f"/jobs/{code}", f"/jobs/{code}/text", "/inbox?q=alert"):
        person.page.goto(person.origin + path)
    person.page.goto(f"{person.origin}/inbox")
    person.page.locator(f"#job-{code}").get_by_role("button", name="Save").click()
    person.wait_for_said("Saved")


def test_a_search_is_tried_and_saved_on_a_phone_without_script(at, house):
    """From the list to the saved file, by links and buttons alone; axe finds nothing on the way."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")
    person = at(viewport=PHONE, java_script_enabled=False)
    page = person.page
    page.get_by_role("link", name="Searches").first.click()
    page.get_by_role("link", name="ML platform leadership").click()
    page.get_by_label("Pays at least").fill("200k CAD")
    page.get_by_role("button", name="Preview from the form").click()
    assert '"200k CAD"' in page.get_by_role("region", name="Change of the file").inner_text()
    assert '"200k CAD"' in page.get_by_role("textbox", name="Boolean text").input_value()
    page.get_by_role("button", name="Save and use at once").click()
    person.wait_for_said("Saved: ML platform leadership.")
    assert 'salary = "200k CAD"' in house.path.read_text()
    looking = at(viewport=PHONE, bypass_csp=True).page
    found: list[str] = []
    for path in ("/searches", "/searches/ml-platform-leadership", "/searches/new"):
        looking.goto(person.origin + path)
        found += [
            f"{path}: {one['id']}: {one['nodes'][0]['html'][:150]}" for one in axe.Axe().run(looking).response["violations"]
        ]
        if looking.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{path}: scrolls sideways")
    assert found == []
