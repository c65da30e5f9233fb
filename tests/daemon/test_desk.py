"""The desk on the daemon's listener: ``[desk]`` is enough, a link signs in, a reload takes it away."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.daemon.test_listening import free, running, until

pytest.importorskip("argon2", reason="needs the extra: pip install 'job-alerts[desk]'")
HTTP = "[settings]\ndatabase = 'alerts.db'\n[channels.console]\nkind = 'console'\n[http]\nlisten = '127.0.0.1:{port}'\n"
DESK = HTTP + "[desk]\nurl = 'https://jobs.example.org'\n"


def link(folder: Path) -> str:
    command = [sys.executable, "-m", "alerts", "--config", str(folder / "config.toml"), "desk"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"open (\S+)", said)
    assert found, said
    return found[1]


def status(address: str) -> int | None:
    """None while the listener moves."""
    try:
        return httpx.get(address, timeout=30).status_code
    except httpx.TransportError:
        return None


def test_a_link_of_the_command_signs_in_at_the_daemons_desk(tmp_path: Path) -> None:
    port = free()
    with running(tmp_path, port, DESK) as (process, log):
        address = link(tmp_path)
        assert address.startswith("https://jobs.example.org/login?once=")
        at = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=at, timeout=30) as browser:
            assert browser.get("/inbox").status_code in (302, 303)
            once = address.partition("once=")[2]
            entered = browser.post("/login", data={"once": once}, headers={"Origin": at, "Sec-Fetch-Site": "same-origin"})
            assert entered.status_code == 303
            kept = dict(entered.cookies.items())  # the client itself sends a Secure one to https only
            assert browser.get("/inbox", headers={"Cookie": "; ".join(f"{n}={v}" for n, v in kept.items())}).status_code == 200
            assert browser.get("/healthz").text == "alive\n", "health stays beside it"
        proxied = httpx.get(f"{at}/login", headers={"Host": "jobs.example.org"}, timeout=30)
        assert proxied.status_code == 200, "the name that a proxy asks by"
        assert httpx.get(f"{at}/login", headers={"Host": "evil.example"}, timeout=30).status_code == 421
        (tmp_path / "config.toml").write_text(HTTP.format(port=port))
        process.send_signal(signal.SIGHUP)
        until(lambda: "configuration read anew" in log.read_text(), "it is taken away")
        until(lambda: status(f"{at}/inbox") == 404, "there is no desk")
    assert "Traceback" not in log.read_text()


def test_the_daemon_asks_itself_whether_links_would_be_answered(tmp_path: Path) -> None:
    """By the address that alerts would name, as a phone would ask; a reload asks anew."""
    port = free()
    with running(tmp_path, port, HTTP + f"[desk]\nurl = 'http://127.0.0.1:{port}'\n") as (process, log):
        until(lambda: f"http://127.0.0.1:{port} answers" in log.read_text(), "it is reached")
        dead = free()
        (tmp_path / "config.toml").write_text(HTTP.format(port=port) + f"[desk]\nurl = 'http://127.0.0.1:{dead}'\n")
        process.send_signal(signal.SIGHUP)
        until(lambda: f"http://127.0.0.1:{dead} does not answer" in log.read_text(), "nobody is there")
    assert "Traceback" not in log.read_text()
