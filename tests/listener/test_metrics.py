"""The metrics: what Prometheus reads, checked by its own parser and, where it is at hand, by promtool."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest.importorskip("prometheus_client", reason="needs the extra: pip install 'job-alerts[metrics]'")

from prometheus_client.parser import text_string_to_metric_families

from alerts.listener.figures import Figures, Stored
from alerts.listener.metrics import exposition
from alerts.listener.tally import Tally

DEPLOY = Path(__file__).parents[2] / "docs" / "deploy"
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
PROMTOOL = shutil.which("promtool")
needs_promtool = pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed here")


def figures(sources: int = 3, most: int = 200) -> Figures:
    tally = Tally()
    for result, seconds in (("changed", 0.3), ("unchanged", 0.01), ("failed", 400.0)):
        tally.polled(result, seconds)
    tally.delivered('a "channel"\n', "sent")
    read = {f"rss:{number:03}": NOW for number in range(sources)}
    stored = Stored(read, 1, {"mail": 2}, 61.5, {"poll": 0.0, "send": 3.0}, 4096)
    return Figures(True, tally.counts(), stored, 1, most, "1.2.3")


def samples(text: str) -> dict[tuple[str, ...], float]:
    return {
        (one.name, *one.labels.values()): one.value for family in text_string_to_metric_families(text) for one in family.samples
    }


def test_every_figure_is_said_with_its_unit() -> None:
    found = samples(exposition(figures())[0].decode())
    assert found["jobalerts_polls_total", "failed"] == 1
    assert found["jobalerts_poll_seconds_bucket", "0.5"] == 2
    assert found["jobalerts_poll_seconds_bucket", "+Inf"] == found["jobalerts_poll_seconds_count",] == 3
    assert found["jobalerts_poll_seconds_sum",] == pytest.approx(400.31)
    assert found["jobalerts_deliveries_total", 'a "channel"\n', "sent"] == 1
    assert found["jobalerts_source_last_success_timestamp_seconds", "rss:001"] == NOW.timestamp()
    assert found["jobalerts_alerts_owed", "mail"] == 2
    assert found["jobalerts_build_info", "1.2.3"] == 1


@pytest.mark.parametrize(("most", "lines"), [(0, 0), (5, 5), (200, 50)])
def test_lines_of_single_sources_are_bounded(most: int, lines: int) -> None:
    text = exposition(figures(50, most))[0].decode()
    assert len(re.findall("^jobalerts_source_last_success_timestamp_seconds{", text, re.M)) == lines
    assert "jobalerts_sources 50.0" in text


def test_without_a_database_the_rest_is_said() -> None:
    found = samples(exposition(Figures(False, Tally().counts(), None))[0].decode())
    assert found["jobalerts_ready",] == 0
    assert ("jobalerts_sources",) not in found


def test_two_askings_share_nothing() -> None:
    assert b"jobalerts_faults_total 1.0" in exposition(figures())[0]
    assert b"jobalerts_faults_total 0.0" in exposition(Figures(True, Tally().counts(), None))[0]


@needs_promtool
def test_promtool_finds_nothing_to_say() -> None:
    own = b"\n".join(line for line in exposition(figures())[0].splitlines() if b"jobalerts" in line) + b"\n"
    done = subprocess.run([PROMTOOL, "check", "metrics"], input=own, capture_output=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, b"")


def named(text: str) -> set[str]:
    return set(re.findall(r"\bjobalerts_\w+", text))


@pytest.mark.parametrize("name", ["grafana-dashboard.json", "alert-rules.yaml"])
def test_every_metric_that_is_named_exists(name: str) -> None:
    there = {key[0] for key in samples(exposition(figures())[0].decode())}
    asked = named((DEPLOY / name).read_text())
    assert asked
    assert asked <= there


def test_the_dashboard_is_whole() -> None:
    board = json.loads((DEPLOY / "grafana-dashboard.json").read_text())
    assert all(panel["targets"] and panel["title"] for panel in board["panels"])
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


@needs_promtool
def test_promtool_takes_the_rules() -> None:
    done = subprocess.run([PROMTOOL, "check", "rules", str(DEPLOY / "alert-rules.yaml")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
