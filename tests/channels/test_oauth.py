"""Logins at a server of our own that speaks as Microsoft's and Google's do, and what becomes of their tokens."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from alerts.fetch.client import Client
from alerts.oauth import access, browser, device, keep
from alerts.oauth.problem import NoToken
from alerts.oauth.settings import Oauth
from alerts.oauth.tokens import Tokens
from tests.channels.providers import Provider

ME = "me@example.org"
MANNERS = ("microsoft", "google")


@pytest.fixture(params=MANNERS)
def provider(request: pytest.FixtureRequest) -> Iterator[Provider]:
    one = Provider(request.param)
    yield one
    one.close()


def settings(provider: Provider, folder: Path, **more: object) -> Oauth:
    return Oauth.model_validate(provider.options(kept_in=str(folder / "logins"), **more))


class Clock:
    """A clock that goes on only while somebody waits."""

    def __init__(self) -> None:
        self.now, self.waits = 1_000_000.0, list[float]()

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def log_in(oauth: Oauth, client: Client, clock: Clock) -> Tokens:
    return device.finish(device.begin(oauth, client), oauth, client, clock.wait, clock)


def test_a_code_is_shown_and_asked_after_until_it_was_typed_in(provider: Provider, tmp_path: Path, client: Client) -> None:
    """``slow_down`` makes the pauses longer, for good; the client's secret goes where the provider wants one."""
    oauth, clock = settings(provider, tmp_path), Clock()
    code = device.begin(oauth, client)
    assert code.shown == "GTHK-QPVN"
    assert code.address.startswith("https://")
    assert code.address.endswith(("devicelogin", "device"))
    provider.script = ["authorization_pending", "slow_down", "authorization_pending"]
    tokens = device.finish(code, oauth, client, clock.wait, clock)
    assert clock.waits == [1, 1, 6, 6]
    assert (tokens.access, tokens.refresh, tokens.expires) == (
        "access-token-number-1",
        "refresh-token-number-1",
        clock.now + 3599,
    )
    first, *others = provider.asked
    assert first == ("/device", {"client_id": "my-own-app", "scope": oauth.at("scope")})
    assert {form["grant_type"] for _, form in others} == {"urn:ietf:params:oauth:grant-type:device_code"}
    assert {form.get("client_secret") for _, form in others} == {"hush-hush-client" if provider.manner == "google" else None}


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("expired_token", "start again"),
        ("access_denied", "refused"),
        ("invalid_client", "client_id"),
        ("something_new", "something_new"),
    ],
)
def test_a_login_that_fails_says_why_in_a_line(provider: Provider, tmp_path: Path, client: Client, error: str, said: str) -> None:
    provider.script = ["authorization_pending", error] if error != "invalid_client" else [error]
    with pytest.raises(NoToken, match=said) as caught:
        log_in(settings(provider, tmp_path), client, Clock())
    assert caught.value.permanent
    assert "\n" not in str(caught.value)
    assert "device-code-which" not in str(caught.value)


def test_a_code_that_nobody_types_in_runs_out(provider: Provider, tmp_path: Path, client: Client) -> None:
    provider.script = ["authorization_pending"] * 2000
    clock = Clock()
    with pytest.raises(NoToken, match="not used in time"):
        log_in(settings(provider, tmp_path), client, clock)
    assert sum(clock.waits) == pytest.approx(900, abs=2)


def test_what_google_gives_to_no_device_is_asked_for_with_a_browser(tmp_path: Path, client: Client) -> None:
    google = Provider("google", script=["invalid_scope"])
    with pytest.raises(NoToken, match="--browser"):
        device.begin(settings(google, tmp_path), client)
    assert (settings(google, tmp_path).at("way"), google.asked[0][0]) == ("browser", "/device")
    google.close()


def test_a_browser_logs_in_with_the_address_at_which_it_ended(provider: Provider, tmp_path: Path, client: Client) -> None:
    oauth = settings(provider, tmp_path)
    visit = browser.begin(oauth, ME)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(visit.address).query).items()}
    assert (asked["login_hint"], asked["code_challenge_method"], asked["scope"]) == (ME, "S256", oauth.at("scope"))
    provider.codes["4/abc"] = asked["code_challenge"]
    ended = f"{asked['redirect_uri']}/?state={asked['state']}&code=4%2Fabc&scope=x"
    tokens = browser.finish(visit, f"  {ended}\n", oauth, client, 0.0)
    assert tokens.refresh == "refresh-token-number-1"
    assert provider.asked[-1][1]["redirect_uri"] == asked["redirect_uri"]


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        ("http://localhost/?state=other&code=1", "another visit"),
        ("http://localhost/?error=access_denied", "refused"),
        ("", "code="),
        ("hello", "code="),
        ("http://[", "code="),
    ],
)
def test_another_address_logs_nobody_in(tmp_path: Path, client: Client, ended: str, said: str) -> None:
    google = Provider("google")
    oauth = settings(google, tmp_path)
    with pytest.raises(NoToken, match=said):
        browser.finish(browser.begin(oauth, ME), ended, oauth, client, 0.0)
    assert google.asked == []
    google.close()


def test_a_kept_login_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "logins" / "one.json"
    keep.store(path, Tokens("a", 1.0, "r"))
    keep.store(path, Tokens("b", 2.0, "s"))
    assert keep.load(path) == Tokens("b", 2.0, "s")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]
    assert "'b'" not in repr(Tokens("b", 2.0, "s"))


def test_accounts_are_kept_apart_and_never_leave_the_folder(provider: Provider, tmp_path: Path) -> None:
    oauth = settings(provider, tmp_path)
    places = {keep.place(oauth, user) for user in (ME, "you@example.org", "../../etc/passwd", "..", "a/b", "")}
    assert len(places) == 6
    assert {place.parent for place in places} == {tmp_path / "logins"}


def test_a_token_is_used_until_shortly_before_its_end_and_then_renewed(
    provider: Provider, tmp_path: Path, client: Client
) -> None:
    """Microsoft hands out another refresh token each time, Google none: the one that holds is kept."""
    oauth = settings(provider, tmp_path)
    path = keep.place(oauth, ME)
    keep.store(path, Tokens("old", 2_000.0, "refresh-token-number-0"))
    assert access.token(oauth, ME, client, 1_000.0) == "old"
    assert provider.asked == []
    assert access.token(oauth, ME, client, 1_950.0) == "access-token-number-1"
    assert provider.asked[-1][1]["refresh_token"] == "refresh-token-number-0"
    assert access.token(oauth, ME, client, 2_000.0) == "access-token-number-1"
    assert access.token(oauth, ME, client, 2_000.0, not_this="access-token-number-1") == "access-token-number-2"
    held = provider.asked[-1][1]["refresh_token"]
    assert held == ("refresh-token-number-1" if provider.manner == "microsoft" else "refresh-token-number-0")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("broken", "permanent"),
    [((200, b"<html>log in to the hotel</html>"), False), ((503, b"{}"), False), ((500, b""), False), ((200, b"[]"), False)],
)
def test_an_answer_that_is_none_is_tried_again(tmp_path: Path, client: Client, broken: Any, permanent: bool) -> None:
    provider = Provider("microsoft", broken=broken)
    oauth = settings(provider, tmp_path)
    keep.store(keep.place(oauth, ME), Tokens("old", 0.0, "r"))
    with pytest.raises(NoToken) as caught:
        access.token(oauth, ME, client, 1_000.0)
    assert caught.value.permanent is permanent
    assert keep.load(keep.place(oauth, ME)) == Tokens("old", 0.0, "r"), "a bad hour at the provider costs no login"
    provider.close()


def test_a_login_that_has_ended_asks_for_a_new_one(provider: Provider, tmp_path: Path, client: Client) -> None:
    oauth = settings(provider, tmp_path)
    with pytest.raises(NoToken, match="nobody has logged in") as caught:
        access.token(oauth, ME, client, 0.0)
    assert caught.value.login
    keep.store(keep.place(oauth, ME), Tokens("old", 0.0, "refresh-token-of-long-ago-and-far-away"))
    provider.script = ["invalid_grant"]
    with pytest.raises(NoToken, match="has ended") as caught:
        access.token(oauth, ME, client, 1_000.0)
    assert (caught.value.permanent, caught.value.login) == (True, True)
    assert "long-ago" not in str(caught.value)


def test_a_place_that_cannot_be_written_costs_no_mail(
    provider: Provider, tmp_path: Path, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    oauth = settings(provider, tmp_path)
    keep.store(keep.place(oauth, ME), Tokens("old", 0.0, "r"))
    (tmp_path / "logins").chmod(0o500)
    try:
        assert access.token(oauth, ME, client, 1_000.0) == "access-token-number-1"
    finally:
        (tmp_path / "logins").chmod(0o700)
    assert "access-token" not in caplog.text


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"access": "x"}', '{"access": 1, "expires": "soon", "refresh": 2}'])
def test_a_damaged_file_asks_for_a_login(provider: Provider, tmp_path: Path, client: Client, damage: str) -> None:
    oauth = settings(provider, tmp_path)
    path = keep.place(oauth, ME)
    keep.store(path, Tokens("a", 0.0, "r"))
    path.write_text(damage)
    with pytest.raises(NoToken, match="damaged"):
        access.token(oauth, ME, client, 0.0)


@pytest.mark.parametrize("lasts", [None, "3600", "soon", -5, 1e300, [1]])
def test_how_long_a_token_lasts_may_be_said_oddly(tmp_path: Path, client: Client, lasts: object) -> None:
    provider = Provider("microsoft", expires_in=lasts)
    oauth = settings(provider, tmp_path)
    keep.store(keep.place(oauth, ME), Tokens("old", 0.0, "r"))
    assert access.token(oauth, ME, client, 1_000.0) == "access-token-number-1"
    kept = keep.load(keep.place(oauth, ME))
    assert kept is not None
    assert 1_000.0 <= kept.expires <= 1_000.0 + 86_400
    provider.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"token_url": "http://login.example.org/token"},
        {"device_url": "ftp://example.org"},
        {"client_id": ""},
        {"provider": "yahoo"},
        {"tenant": "a/b"},
    ],
)
def test_a_login_is_never_asked_for_in_the_clear(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Oauth.model_validate({"provider": "microsoft", "client_id": "x", **wrong})


def test_the_usual_addresses_are_those_of_the_providers() -> None:
    microsoft = Oauth.model_validate({"provider": "microsoft", "client_id": "x", "tenant": "consumers"})
    assert microsoft.at("token_url") == "https://login.microsoftonline.com/consumers/oauth2/v2.0/token"
    assert "offline_access" in microsoft.at("scope").split()
    assert Oauth.model_validate({"provider": "google", "client_id": "x"}).at("token_url") == "https://oauth2.googleapis.com/token"
