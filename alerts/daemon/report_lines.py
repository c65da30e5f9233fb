"""What the halves of the story did, in one line each: for the log and for the terminal."""

from __future__ import annotations

import logging

from alerts.listener.tally import Counts
from alerts.notify.deliver import Result
from alerts.poll.poll import Report


def of_report(report: Report) -> str:
    """One poll in a line."""
    name = report.source.name
    if report.error:
        return f"{name}: {report.error}"
    if report.unchanged:
        return f"{name}: nothing changed"
    recorded = report.recorded
    counts = {"new": recorded.new, "changed": recorded.changed, "closed": recorded.closed}
    counts |= {"reopened": recorded.reopened, "reposted": recorded.reposted, "with details outstanding": recorded.outstanding}
    happened = [f"{count} {what}" for what, count in counts.items() if count]
    told = f", {recorded.told} alert{'s' if recorded.told != 1 else ''} owed" if recorded.told else ""
    problems = f"; {len(report.problems)} rows could not be read ({report.problems[0]})" if report.problems else ""
    cut = f"; {report.cut}" if report.cut else ""
    return f"{name}: {report.listed} postings, {', '.join(happened) or 'nothing new'}{told}{cut}{problems}"


def level_of(report: Report) -> int:
    """How loud a poll is: what changed nothing is no line of the log, unless it is asked for every word."""
    if report.error:
        return logging.WARNING
    return logging.DEBUG if report.unchanged else logging.INFO


def result_of(report: Report) -> str:
    """How a poll ended, in a word."""
    return "failed" if report.error else "unchanged" if report.unchanged else "changed"


def of_result(result: Result) -> str:
    """One attempt in a line."""
    what = f"{result.alerts} alert{'s' if result.alerts != 1 else ''}" if result.alerts else "a notice"
    if result.state == "sent":
        return f"{result.channel}: sent {what} ({result.delivery})"
    if result.state == "later":
        return f"{result.channel}: {what} not sent yet, it is tried again ({result.delivery}): {result.outcome.why}"
    return f"{result.channel}: {what} given up ({result.delivery}): {result.outcome.why}"


def of_hour(before: Counts, now: Counts) -> str:
    """What was done between two moments, in one line."""
    polls = {result: now.polls[result] - before.polls.get(result, 0) for result in now.polls}
    sent = sum(count - before.deliveries.get(key, 0) for key, count in now.deliveries.items() if key[1] == "sent")
    read = f"{sum(polls.values())} readings ({polls['changed']} with news, {polls['failed']} failed)"
    return f"the last hour: {read}, {sent} messages sent"
