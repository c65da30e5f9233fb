"""What arrived, as a table in the terminal and as pages to open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from alerts.cli.demo.scenario import DUE, TRAPS, WAYS, Arrived
from alerts.cli.demo.slack_page import page


def write(arrived: Arrived, folder: Path) -> Path:
    """The mails and Slack's messages as HTML files, the webhook's as JSON; the path of the first mail."""
    import json

    for number, mail in enumerate(arrived.inbox.mails, 1):
        body = mail.get_body(("html",))
        (folder / f"mail-{number}.html").write_text(body.get_content() if body else "", encoding="utf-8")
        (folder / f"mail-{number}.eml").write_bytes(mail.as_bytes())
    for number, message in enumerate(arrived.slack.messages, 1):
        (folder / f"slack-{number}.html").write_text(page(message), encoding="utf-8")
        (folder / f"slack-{number}.json").write_text(json.dumps(message, indent=2, ensure_ascii=False), encoding="utf-8")
    for number, (_, message) in enumerate(arrived.hook.messages, 1):
        (folder / f"webhook-{number}.json").write_text(json.dumps(message, indent=2, ensure_ascii=False), encoding="utf-8")
    return folder / "mail-1.html"


def keep_desk(played: Path, folder: Path) -> Path:
    """The configuration and the database of the demo, for `job-alerts desk`; where the configuration is."""
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("config.toml", "demo.db"):
        shutil.copy(played / name, folder / name)
    return folder / "config.toml"


def table(arrived: Arrived) -> Iterator[tuple[str, str, str, str, str]]:
    """(event, job, by mail, in Slack, by webhook) for everything that was due or came."""
    keys = [*DUE, *sorted({key[1:] for key in arrived.counts} - set(DUE))]
    for event, title in keys:
        times = [arrived.counts.get((channel, event, title), 0) for channel in WAYS]
        due = 1 if (event, title) in DUE else 0
        yield (event, title, *(_times(count, due) for count in times))  # type: ignore[misc]


def record(arrived: Arrived, output: Path, desk: Path) -> dict[str, object]:
    """The same for a program: how often each came, and where it lies."""
    keys = [*DUE, *sorted({key[1:] for key in arrived.counts} - set(DUE))]
    told = [
        {"event": event, "title": title, **{way: arrived.counts.get((way, event, title), 0) for way in WAYS}}
        for event, title in keys
    ]
    return {"good": arrived.good, "seconds": round(arrived.seconds), "told": told, "folder": str(output), "desk": str(desk)}


def _times(count: int, due: int) -> str:
    said = {0: "not", 1: "once"}.get(count, f"{count} times")
    return said if count == due else f"{said} (wrong)"


def untold(arrived: Arrived) -> Iterator[str]:
    """Why what was not told was not told."""
    told = {title for _, _, title in arrived.counts}
    for title, why in TRAPS.items():
        yield f"{'told, and should not be' if title in told else 'rightly not told'}: {title} ({why})"


def places(arrived: Arrived) -> Iterator[str]:
    """The sources and cities that the alert of the cross-posted job names."""
    for _, message in arrived.hook.messages:
        for alert in message["data"]["alerts"]:
            if len(alert["sources"]) > 1:
                yield f"{alert['posting']['title']}: one alert, {len(alert['sources'])} listings: " + ", ".join(
                    dict.fromkeys(source["source"] for source in alert["sources"])
                )
                return
