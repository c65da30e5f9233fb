"""Every kind that ``kinds`` lists, configured at once in one running daemon: each is asked, and none stops another."""

from __future__ import annotations

import json
import os
import re
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from alerts import plugins
from alerts.cli.demo.site import Asked, Given, Site
from tests.drills.house import BOARD, FRAME, HOOK, SEARCH, House
from tests.drills.third_party import installed

pytestmark = [pytest.mark.drill, pytest.mark.timeout(240)]
#: What options of these names are given; the rest has defaults.
VALUES = {"id": "x", "key": "k" * 32, "secret": "s" * 20, "country": "de", "site": "acme", "board": "acme", "uid": "12.345"} | {
    "email": "me@example.org",
    "host": "acme.example.org",
    "fields": {"title": "title", "url": "url", "id": "id"},
}


def table(kind: str, site: str) -> str:
    """A source of that kind whose requests come to ``SITE/k/KIND``."""
    options: dict[str, object] = {"name": kind, "kind": kind, "every": "2s"}
    module = plugins.load("sources", kind)
    for name, field in module.Options.model_fields.items():
        if name == "url" or name.endswith("_url"):
            options[name] = f"{site}/k/{kind}" + ("/README.md" if kind == "readme" else "")
        elif field.is_required():
            options[name] = VALUES[name]
    if module.ABOUT.must_accept:
        options["accept_terms"] = True
    return "[[sources]]\n" + "\n".join(f"{name} = {_toml(value)}" for name, value in options.items()) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {json.dumps(one)}" for name, one in value.items()) + " }"
    return json.dumps(value)


def test_every_kind_is_asked_by_one_daemon():
    asked: dict[str, int] = {}

    def answer(request: Asked) -> Given:
        if request.path == "/robots.txt":
            return Given(b"nothing here", 404, "text/plain")
        found = re.match(r"/k/([a-z0-9]+)", request.path)
        kind = found[1] if found else request.path
        asked[kind] = asked.get(kind, 0) + 1
        return Given(b"{}")

    with House() as house, Site(answer) as site:
        kinds = plugins.kinds("sources")
        house.configure(BOARD + "".join(table(kind, site.url) for kind in kinds) + SEARCH + HOOK, FRAME)
        assert house.call("check").returncode == 0, house.call("check").stdout
        with house.start() as daemon:
            with suppress(AssertionError):
                daemon.until(lambda: set(kinds) <= set(asked) and house.reads > 3, 90)
            assert set(kinds) - set(asked) == set(), "each was asked"
            house.published.append(1002)
            daemon.until(lambda: house.hooked, 60)
            assert "Traceback" not in daemon.log()
            daemon.signal(signal.SIGTERM)
            assert daemon.ended(15) == 0
    print(f"every kind: {len(kinds)} configured, {len(set(kinds) & set(asked))} asked, the board beside them {house.reads} times")


@pytest.fixture
def bad_kinds(tmp_path) -> Path:
    """An installed package of a third party whose kinds raise, hang, and cannot be hashed."""
    bodies = {
        "raising": "raise RuntimeError('a fault of a third party')",
        "hanging": "import time; time.sleep(3600)",
        "unhashable": "hash(options); return []",
    }
    return installed(tmp_path, bodies)


def test_a_bad_kind_of_a_third_party_costs_its_source_only(bad_kinds, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", f"{bad_kinds}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    tables = "".join(
        f'[[sources]]\nname="{kind}"\nkind="{kind}"\nextra={{ a = "b" }}\n' for kind in ("raising", "hanging", "unhashable")
    )
    with House() as house:
        house.configure(BOARD + tables + SEARCH + HOOK, FRAME.replace("[network]", 'notify="hook"\n[network]'))
        notices: list[str] = []

        def hook(request: Asked) -> Given | None:
            data = json.loads(request.body)["data"]
            if data.get("alerts"):
                return None
            notices.append(json.dumps(data))
            return Given(status=204)

        house.hook = hook
        with house.start() as daemon:
            daemon.until(lambda: house.reads > 3, 60)
            house.published.append(1002)
            daemon.until(lambda: house.hooked, 60)
            status = house.call("status", "--json")
            told = {one["name"]: one for one in json.loads(status.stdout)["sources"]}
            assert status.returncode == 1
            assert told["Acme"]["failures"] == 0
            for kind in ("raising", "unhashable"):
                assert told[kind]["failures"] > 0, "counted"
                assert told[kind]["error"]
            daemon.until(lambda: any("a fault of the program" in notice for notice in notices), 30)
            daemon.signal(signal.SIGTERM)
            assert daemon.ended(15) == 0, "the one that hangs does not hold up the end"
    print(f"bad kinds: the board beside them was read {house.reads} times, {len(notices)} notices")
