"""check: is the configuration good? Says every mistake with its place."""

from __future__ import annotations

import argparse
from importlib import import_module

from alerts.acts.sample import sample_for
from alerts.cli.commands._shared import clock, emit, json_option, plan_of, say
from alerts.model.errors import UsageError
from alerts.model.plan import Plan


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``."""
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 when it is good (remarks are printed), 2 with all mistakes otherwise."""
    plan = plan_of(args, secrets="checked")
    if not (plan.sources or plan.searches or plan.channels):
        raise UsageError(
            f"{plan.path} says nothing yet: add a source (job-alerts add ADDRESS), what you look for ([[searches]])"
            " and whom to tell ([channels.NAME]); job-alerts init FILE asks for all three"
        )
    remarks = [*plan.remarks, *_idle(plan), *_templates(plan)]
    if args.json:
        counts = {"sources": len(plan.sources), "searches": len(plan.searches), "channels": len(plan.channels)}
        emit({"file": str(plan.path), **counts, "remarks": remarks})
        return 0
    there = {"source": len(plan.sources), "search": len(plan.searches), "channel": len(plan.channels)}
    say(f"{plan.path} is good: {', '.join(_counted(count, word) for word, count in there.items())}")
    for source in plan.sources:
        say(f"  source   {source.name}  ({source.kind})")
    for saved in plan.searches:
        say(f"  search   {saved.name}  → {', '.join(saved.channels) or 'no channel'}, {saved.when.words}")
    for channel in plan.channels.values():
        say(f"  channel  {channel.name}  ({channel.kind})")
    say(*(f"  note: {remark}" for remark in remarks))
    return 0


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}{'es' if word.endswith('ch') else 's'}"


def _templates(plan: Plan) -> list[str]:
    """What is wrong with templates of the user's own, found by filling each with invented jobs."""
    from alerts.plugins import load

    found: list[str] = []
    for channel in plan.channels.values():
        if not channel.templates:
            continue
        module = load("channels", channel.kind)
        message = import_module(f"alerts.render.{module.FORM}").render(sample_for(channel, plan, "check", clock()))
        found += [f"{channel.name}: {line}" for line in str(message.payload.get("notice") or "").splitlines()]
    return found


def _idle(plan: Plan) -> list[str]:
    """What is no mistake, and would yet tell nobody of anything."""
    idle = {
        "there is no source, so nothing is read; add one with: job-alerts add ADDRESS": not plan.sources,
        "there is no search, so nothing is wanted; write one under [[searches]]": not plan.searches,
        "there is no channel, so nobody is told; write one under [channels.NAME]": not plan.channels,
    }
    return [words for words, holds in idle.items() if holds]
