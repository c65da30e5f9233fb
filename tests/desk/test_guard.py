"""What a request must be before anything of it is read, and what every answer carries."""

from __future__ import annotations

import re

import pytest

from alerts.desk import app as desk_app
from alerts.desk.call import own_path
from alerts.desk.guard import BODY

ORIGIN = "http://127.0.0.1:8484"

PAGES = ["/inbox", "/inbox?show=all", "/inbox/facets/place", "/inbox?q=java", "/settings", "/login", "/nothing/here"]
PAGES += ["/searches", "/searches/new", "/sources", "/sources/add", "/channels", "/l/x"]
PAGES += ["/applications", "/applications?as=list", "/applications/figures"]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:8485", "127.0.0.1:8484.evil.example", "localhost:8484@e", ""]
)
def test_a_foreign_host_gets_421_and_nothing_else(house, host):
    """A name that was bound to our address (DNS rebinding) reaches no page."""
    answer = house.person().get("/inbox", headers={"host": host})
    assert (answer.status_code, answer.content) == (421, b"")


def test_every_page_needs_a_sign_in_but_those_that_say_so(house):
    visitor = house.visitor()
    for method, path, _ in desk_app.ROUTES:
        address = path.replace("{job}", "7k3f").replace("{facet}", "place")
        if method == "GET" and path.endswith((".json", ".atom")):
            assert visitor.get(address, follow_redirects=False).status_code == 401, path
        elif method == "GET":
            answer = visitor.get(address, follow_redirects=False)
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/login"), path
        else:
            answer = visitor.press(address, {"do": "hide"})
            assert answer.url.path == "/login", path


def test_every_answer_carries_the_policy_with_a_number_of_its_own(house):
    person = house.person()
    seen = set()
    for path in PAGES:
        answer = person.get(path)
        policy = answer.headers["content-security-policy"]
        nonce = re.search(r"script-src 'nonce-([\w-]{20,})'", policy)
        assert nonce, path
        assert nonce[1] not in seen
        seen.add(nonce[1])
        for part in (
            "default-src 'none'",
            "frame-ancestors 'none'",
            "trusted-types 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ):
            assert part in policy
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers
        assert not any(name.startswith("access-control") for name in answer.headers)


def test_no_page_has_a_style_a_handler_or_a_script_without_the_number(house):
    person = house.person()
    code = house.code("Data Engineer")
    person.do(f"/jobs/{code}/mark", {"do": "applied"})
    for path in [*PAGES, f"/jobs/{code}", f"/applications/{code}", f"/applications/{code}/forget"]:
        text = person.get(path).text
        assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", text), path
        assert all("nonce=" in tag for tag in re.findall(r"<script[^>]*>|<style[^>]*>", text)), path
        assert text.count("<h1") == 1, path


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "http://127.0.0.1:9999"},
    ],
)
def test_a_post_from_elsewhere_does_nothing(house, headers):
    person, code = house.person(), house.code("Data Engineer")
    token = person.token
    answer = person.press(f"/jobs/{code}/mark", {"token": token, "do": "hide"}, **headers)
    assert answer.status_code == 403
    assert "Data Engineer" in person.get("/inbox").text


def test_a_post_without_a_word_of_where_it_comes_from_does_nothing(house):
    person, code = house.person(), house.code("Data Engineer")
    assert person.post(f"/jobs/{code}/mark", data={"token": person.token, "do": "hide"}).status_code == 403


@pytest.mark.parametrize("token", [None, "", "0" * 32, "é"])
def test_a_post_without_the_token_of_the_sign_in_does_nothing(house, token):
    person, code = house.person(), house.code("Data Engineer")
    fields = {"do": "hide"} | ({} if token is None else {"token": token})
    assert person.press(f"/jobs/{code}/mark", fields).status_code == 403
    assert person.press(f"/jobs/{code}/mark", fields | {"token": house.person().token}).status_code == 403, "another's token"


def test_a_page_is_shown_from_elsewhere_only_to_a_person_who_follows_a_link(house):
    person = house.person()
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert person.get("/inbox", headers=link).status_code == 200
    assert person.get("/inbox", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}).status_code == 403
    assert person.get("/inbox.json", headers=link).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(house, method):
    assert house.person().request(method, "/inbox", headers={"origin": ORIGIN}).status_code == 405


def test_a_body_that_is_too_long_or_no_form_is_refused(house):
    person = house.person()
    token, note = person.token, f"/jobs/{house.code('Data Engineer')}/note"
    assert person.press(note, {"token": token, "note": "x" * (BODY + 1)}).status_code == 413
    assert person.press(note, {"token": token} | {f"f{n}": "1" for n in range(200)}).status_code == 400
    ours = {"origin": ORIGIN, "content-type": "application/x-www-form-urlencoded"}
    assert person.post(note, content=f"token={token}&note=a&note=b", headers=ours).status_code == 400, "a field twice"
    assert person.post(note, content=b"token=%ff%fe", headers=ours).status_code == 400
    assert person.post(note, content=b"{}", headers=ours | {"content-type": "application/json"}).status_code == 415
    assert person.get("/inbox", headers={"x-long": "x" * 20_000}).status_code == 431


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/000000000000/desk.css",
        "/static/x/..%2f..%2fapp.py",
        "/jobs/..%2f..%2fetc",
        "/jobs/7k3f%00",
        "/jobs/%F0%9F%92%A3",
        "/jobs/" + "z" * 500,
        "/jobs/zzzzzzzzzzzz",
        "/inbox/facets/..%2fplace",
    ],
)
def test_tricks_with_paths_find_nothing(house, path):
    assert house.person().get(path).status_code in (404, 421)


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/undo",
        "/logout",
        "/inbox\r\nx: y",
        "javascript:alert(1)",
        "",
    ],
)
def test_no_redirect_leads_elsewhere(house, to):
    is_page = desk_app.page_test(desk_app.ROUTES)
    assert own_path(to, is_page) is None
    assert own_path("/inbox?since=7d", is_page) == "/inbox?since=7d"
    assert own_path("/jobs/7k3f", is_page) == "/jobs/7k3f"
    answer = house.visitor().get("/login", params={"to": to})
    assert "evil" not in answer.text


def test_a_referer_of_another_site_is_not_followed(house):
    person, code = house.person(), house.code("Data Engineer")
    fields = {"token": person.token, "do": "save"}
    answer = person.press(f"/jobs/{code}/mark", fields, referer="https://evil.example/inbox")
    assert answer.url.path == f"/jobs/{code}"


def test_a_phone_can_keep_the_desk_among_its_programs(house):
    """Without a sign-in, and every icon is there in the size that it says."""
    visitor = house.visitor()
    about = visitor.get("/manifest.webmanifest")
    assert about.headers["content-type"] == "application/manifest+json"
    manifest = about.json()
    assert (manifest["start_url"], manifest["display"], manifest["scope"]) == ("/inbox", "standalone", "/")
    for icon in manifest["icons"]:
        answer = visitor.get(icon["src"], follow_redirects=False)
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, icon["type"])
        if icon["type"] == "image/png":
            wide, high = (int.from_bytes(answer.content[at : at + 4]) for at in (16, 20))
            assert icon["sizes"] == f"{wide}x{high}"
    touch = re.search(r'rel="apple-touch-icon" href="([^"]+)"', visitor.get("/login").text)
    assert touch
    assert visitor.get(touch[1]).content.startswith(b"\x89PNG")


def test_every_page_is_also_data(house):
    """Red before: a search, the values of a filter and the settings were pages only."""
    shown = {path for method, path, _ in desk_app.ROUTES if method == "GET"}
    no_data = {"/", "/jobs/{job}/text", "/jobs/{job}/letter.txt", "/sources/add", "/applications/{job}/forget"}
    assert {path for path in shown - no_data if not path.endswith((".json", ".atom", ".csv", ".ics"))} <= {
        path.removesuffix(".json") for path in shown if path.endswith(".json")
    }
    person = house.person()
    place = person.get("/inbox/facets/place.json").json()
    assert place["values"][0]["address"].startswith("/inbox?place=")
    search = person.get("/searches/ml-platform-leadership.json").json()
    assert (search["name"], search["preview"]["looked"] > 3) == ("ML platform leadership", True)
    settings = person.get("/settings.json").json()
    assert settings["signed_in"][0]["here"] is True
    assert person.get("/inbox/facets/nothing.json").status_code == 404
