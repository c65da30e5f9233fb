"""check: is the configuration good? Says every mistake with its place."""

from __future__ import annotations

import argparse

from alerts.commands._shared import emit, json_option, plan_of, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``."""
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 when it is good (remarks are printed), 2 with all mistakes otherwise."""
    plan = plan_of(args)
    if args.json:
        counts = {"sources": len(plan.sources), "searches": len(plan.searches), "channels": len(plan.channels)}
        emit({"file": str(plan.path), **counts, "remarks": list(plan.remarks)})
        return 0
    say(f"{plan.path} is good: {len(plan.sources)} sources, {len(plan.searches)} searches, {len(plan.channels)} channels")
    for source in plan.sources:
        say(f"  source   {source.name}  ({source.kind})")
    for saved in plan.searches:
        say(f"  search   {saved.name}  → {', '.join(saved.channels) or 'no channel'}, {saved.when.words}")
    for channel in plan.channels.values():
        say(f"  channel  {channel.name}  ({channel.kind})")
    say(*(f"  note: {remark}" for remark in plan.remarks))
    return 0
