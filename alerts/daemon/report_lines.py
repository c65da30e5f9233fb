"""What the halves of the story did, in one line each: for the log and for the terminal."""

from __future__ import annotations

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
