"""The daemon and its listener: a real process with signals, as systemd starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

pytest.importorskip("uvicorn", reason="needs the extra: pip install 'job-alerts[metrics]'")
CONFIG = "[settings]\ndatabase = 'alerts.db'\n[channels.console]\nkind = 'console'\n[http]\nlisten = '127.0.0.1:{port}'\n"


def free() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def running(folder: Path, port: int, config: str = CONFIG) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """The daemon; ends when its word does."""
    path, log = folder / "config.toml", folder / "log"
    path.write_text(config.format(port=port))
    notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notify.bind(str(folder / "notify"))
    notify.settimeout(60)
    with notify, log.open("wb") as err:
        env = {**os.environ, "NOTIFY_SOCKET": str(folder / "notify")}
        process = subprocess.Popen([sys.executable, "-m", "alerts", "--config", str(path), "run"], stderr=err, env=env)
        try:
            while b"READY=1" not in notify.recv(4096):
                pass
            yield process, log
        finally:
            process.terminate()
            process.wait(30)


def until(true, what: str) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=30).status_code == 200
    except httpx.TransportError:
        return False


def test_it_answers_when_the_daemon_is_ready_moves_at_a_reload_and_stops_with_it(tmp_path: Path) -> None:
    first, second = free(), free()
    with running(tmp_path, first) as (process, log):
        assert httpx.get(f"http://127.0.0.1:{first}/readyz", timeout=30).text == "ready\n"
        (tmp_path / "config.toml").write_text(CONFIG.format(port=second))
        process.send_signal(signal.SIGHUP)
        until(lambda: answers(second), "it moves")
        assert not answers(first)
        (tmp_path / "config.toml").write_text("this is no toml")
        process.send_signal(signal.SIGHUP)
        until(lambda: "was not taken" in log.read_text(), "the mistake is told")
        assert answers(second)
        process.terminate()
        assert process.wait(30) == 0
    assert "Traceback" not in log.read_text()


def test_a_port_that_is_taken_costs_the_listener_only(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with running(tmp_path, other.getsockname()[1]) as (process, log):
            assert process.poll() is None
            said = subprocess.run(
                [sys.executable, "-m", "alerts", "--config", str(tmp_path / "config.toml"), "status"],
                capture_output=True, text=True, timeout=60,
            )  # fmt: skip
        assert process.returncode == 0
    assert "nothing of this program answers there" in said.stdout
    assert log.read_text().count("another program listens there") == 1
    assert "Traceback" not in log.read_text()


def test_metrics_of_a_running_daemon(tmp_path: Path) -> None:
    from prometheus_client.parser import text_string_to_metric_families

    port = free()
    with running(tmp_path, port):
        answer = httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=30)
    families = {family.name: family for family in text_string_to_metric_families(answer.text)}
    assert families["jobalerts_ready"].samples[0].value == 1
    assert families["jobalerts_database_size_bytes"].samples[0].value > 0
    assert families["jobalerts_alerts_owed"].samples[0].labels == {"channel": "console"}
