"""Asked again when a message is made: does the user still want what is owed? Marks and rules may have changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alerts.model.alert import Alert
from alerts.model.plan import SavedSearch
from alerts.model.search import Answer, Match, Reason
from alerts.normalise.employer import employers
from alerts.notify.alert_view import alert_of
from alerts.notify.compose import UNREADABLE
from alerts.notify.context import Context
from alerts.render.tongue import phrase
from alerts.store import outbox
from alerts.store.outbox import QueuedAlert
from alerts.store.short import number

#: The condition under which a mark stands among the reasons of an alert that was dropped for it.
HIDDEN = "hide"


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of alerts that were asked for again."""

    kept: list[QueuedAlert] = field(default_factory=list)
    #: By alert: why it is wanted, where that became different …
    reasons: dict[str, tuple[Reason, ...]] = field(default_factory=dict)
    #: … and why it is not wanted any more.
    gone: dict[str, tuple[Reason, ...]] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)


def ask_again(owed: Sequence[QueuedAlert], context: Context, now: datetime) -> Asked:
    """Judge alerts by the marks and searches of now; reads only."""
    asked = Asked()
    hidden = context.store.marks.hidden(now)
    watched = context.store.marks.watched()
    searches = {saved.name: saved for saved in context.plan.searches}
    for one in owed:
        if one.state == outbox.UNREADABLE:
            asked.unreadable.append(one.id)
        else:
            _ask(one, context, hidden, watched, searches, asked)
    return asked


def keep(asked: Asked, context: Context, now: datetime) -> None:
    """Write down what was found; what cannot be read is told to the operator."""
    from alerts.notify.health import notice

    if not (asked.reasons or asked.gone or asked.unreadable):
        return
    with context.store.transaction():
        for alert, reasons in asked.reasons.items():
            context.store.outbox.keep_reasons(alert, reasons)
        context.store.outbox.drop(asked.gone)
        if asked.unreadable:
            context.store.outbox.put_aside(asked.unreadable)
            rows = ", ".join(map(str, asked.unreadable[:20]))
            text = phrase("Put aside, and told to nobody: {rows}. Everything else goes on.", rows=rows)
            notice(context, phrase("rows of the database cannot be read"), text, now=now)


def _ask(
    one: QueuedAlert,
    context: Context,
    hidden: set[tuple[str, str]],
    watched: set[int],
    searches: Mapping[str, SavedSearch],
    asked: Asked,
) -> None:
    names = [name for name in (one.search, *one.also) if ("search", name) not in hidden]
    asking = [searches[name] for name in names if name in searches]
    if not names:
        asked.gone[one.id] = (_mark(f"the search {one.search}"),)
        return
    try:
        alert = alert_of(context.store, one)
    except UNREADABLE:
        # What is stored of the job cannot be read; that is said when its message is made.
        asked.kept.append(one)
        return
    if mark := _hidden(one, alert, hidden):
        asked.gone[one.id] = (_mark(mark),)
    elif not asking or one.job in watched:
        asked.kept.append(one)
    else:
        _judge(one, alert, asking, context, asked)


def _judge(one: QueuedAlert, alert: Alert, asking: Sequence[SavedSearch], context: Context, asked: Asked) -> None:
    # As of the time that it was owed: a message that waited must not outlive the age that a search allows.
    matches: list[Match] = []
    for match in context.matcher.judge_each(asking, alert.posting, one.at, one.at):
        matches.append(match)
        if match.wanted:
            break
    wanted = matches[-1]
    if not wanted.wanted:
        asked.gone[one.id] = matches[0].reasons
        return
    asked.kept.append(one)
    if wanted.reasons != one.reasons:
        asked.reasons[one.id] = wanted.reasons


def _hidden(one: QueuedAlert, alert: Alert, hidden: set[tuple[str, str]]) -> str | None:
    """The mark that hides the job, in words."""
    if hidden & {("job", str(one.job)), ("job", str(number(alert.job)))}:
        return f"the job {alert.job}"
    named = next((name for shown in alert.postings for name in employers(shown) if ("company", name) in hidden), None)
    shown_as = {shown.company_key: shown.company for shown in alert.postings}
    return f"the company {shown_as.get(named) or named}" if named else None


def _mark(words: str) -> Reason:
    return Reason(HIDDEN, words, Answer.NO)
