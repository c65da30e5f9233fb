"""Looks outward: hosts, their certificates and clocks, each channel, and how each source was last."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from alerts import plugins
from alerts.channels._probe import Probe
from alerts.daemon.findings import Finding
from alerts.fetch.client import Client
from alerts.fetch.probe import Probed, host_of, probe
from alerts.model.errors import AlertsError
from alerts.model.page import Asking
from alerts.model.plan import Channel, Plan, Source
from alerts.store.places import holder
from alerts.store.sources import SourceState
from alerts.store.store import Store

#: Asked side by side.
_AT_ONCE = 8
#: A clock that is further off tells, and counts, wrongly.
MOST_SKEW = timedelta(minutes=2)
_ADVICE = {
    "dns": "check this machine's DNS (resolvectl status, /etc/resolv.conf), and the name",
    "tls": "check the clock of this machine; a company's proxy that opens TLS, or the host's own certificate, may be why",
    "network": "check the connection of this machine and its firewall, and whether a proxy is needed to get out",
}


def look(plan: Plan, client: Client, clock: Callable[[], datetime]) -> Iterator[Finding]:
    """Every host of a source and every channel, side by side; nothing is sent."""
    yield from _proxies(os.environ)
    origins = sorted({origin for source in plan.sources if (origin := _origin(source))})
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        asked = [pool.submit(_asked, client, origin, clock) for origin in origins]
        channels = [pool.submit(_channel, channel, client) for channel in plan.channels.values()]
        answers = [one.result() for one in asked]
        yield from _hosts([found for found, _ in answers])
        yield _clock([skew for _, skew in answers if skew is not None])
        yield from (one.result() for one in channels)


def sources(plan: Plan, now: datetime) -> Iterator[Finding]:
    """How each source was at its last reading, from the store; none where there is no store yet."""
    by_key: dict[str, SourceState] = {}
    try:
        with Store(plan.settings.database, readonly=True) as store:
            by_key = {state.key: state for state in store.sources.states()}
    except (AlertsError, OSError):
        pass  # said by the look at the machine
    working = holder(plan.settings.database) is not None
    for source in plan.sources:
        yield _source(source, by_key.get(source.key), now, working=working)


def _proxies(env: Mapping[str, str]) -> Iterator[Finding]:
    """Names only: the value may hold a password."""
    if named := sorted(name for name in env if name.lower() in ("http_proxy", "https_proxy", "all_proxy") and env[name]):
        yield Finding(
            "network", "proxy", "note", f"the environment names one in {', '.join(named)}", "what is reached stands below"
        )


def _origin(source: Source) -> str | None:
    """The host that a source asks first; None where its secret is missing or nothing is asked."""
    if source.missing:
        return None
    first = plugins.load("sources", source.kind).first(source.options, Asking())
    try:
        return host_of(first[0].url) if first else None
    except ValueError:
        return None


def _asked(client: Client, origin: str, clock: Callable[[], datetime]) -> tuple[Probed, timedelta | None]:
    before = clock()
    found = probe(client, origin)
    after = clock()
    if found.date is None:
        return found, None
    # The header has whole seconds, and was written between the two.
    return found, min((before - found.date, after - found.date), key=abs)


def _hosts(found: Sequence[Probed]) -> Iterator[Finding]:
    bad = [one for one in found if one.stage != "good"]
    if found and len(bad) == len(found) > 1 and len({one.stage for one in bad}) == 1:
        stage = bad[0].stage
        yield Finding(stage, "", "wrong", f"none of {len(bad)} hosts can be reached: {bad[0].why}", _ADVICE[stage])
        return
    for one in found:
        if one.stage == "good":
            yield Finding("network", one.host, "good", "is reached")
        else:
            yield Finding(one.stage, one.host, "wrong", one.why, _ADVICE[one.stage])


def _clock(skews: Sequence[timedelta]) -> Finding:
    """By the middle of all hosts, for one of them may be wrong itself."""
    if not skews:
        return Finding("clock", "", "not tried", "no host said what time it is")
    middle = sorted(skews)[len(skews) // 2]
    if abs(middle) <= MOST_SKEW:
        return Finding("clock", "", "good", "as the hosts of the sources say")
    way = "ahead" if middle > timedelta() else "behind"
    return Finding("clock", "", "wrong", f"{_span(abs(middle))} {way} of what the hosts say", "set it: timedatectl set-ntp true")


def _span(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"


def _channel(channel: Channel, client: Client) -> Finding:
    if channel.missing:
        return _without_secret("channel", channel.name, channel.missing)
    module = plugins.load("channels", channel.kind)
    ask = getattr(module, "probe", None)
    if ask is None:
        return Finding("channel", channel.name, "not tried", f"{channel.kind}: nothing can be asked without sending")
    found: Probe = ask(channel.options, client)
    advice = f"see what it answers to a sample: job-alerts test {channel.name}" if found.state != "good" else ""
    return Finding("channel", channel.name, found.state, found.said, advice)


def _without_secret(area: str, name: str, why: str) -> Finding:
    if "CREDENTIALS_DIRECTORY" in why:
        return Finding(area, name, "not tried", "systemd hands its secret to the service alone")
    said, _, advice = why.partition("; ")
    return Finding(area, name, "wrong", said, advice or "hand it over, or write the secret in another of the three ways")


def _source(source: Source, state: SourceState | None, now: datetime, *, working: bool) -> Finding:
    if source.missing:
        return _without_secret("source", source.name, source.missing)
    if state is None or (state.read is None and not state.failures):
        return Finding("source", source.name, "note", "was not read yet", f"job-alerts poll {source.name!r}")
    if state.failures:
        said = f"{state.failures} readings failed, the last: {state.error}"
        return Finding("source", source.name, "wrong", said, f"look what it says now: job-alerts poll {source.name!r}")
    if working and now - state.due > 2 * source.every + timedelta(hours=1):
        return Finding("source", source.name, "wrong", f"is overdue since {state.due:%Y-%m-%d %H:%M} UTC", "restart the daemon")
    return Finding("source", source.name, "good", f"read {state.read:%Y-%m-%d %H:%M} UTC, {state.listed or 0} postings")
