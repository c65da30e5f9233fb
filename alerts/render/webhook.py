"""Alerts as JSON: the webhook's payload, also what ``command``, ``file`` and ``feed`` are given."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from alerts.model.alert import Alert
from alerts.model.message import Limits, Message
from alerts.model.posting import Pay, Posting
from alerts.model.search import Reason
from alerts.render import payload as schema
from alerts.render.batch import Batch
from alerts.render.clean import block, cut, line, link
from alerts.render.context import cards, notes
from alerts.render.split import split, together
from alerts.render.subject import subject
from alerts.render.tongue import spoken

#: Bytes of the envelope, its notes and the digest's own fields.
_FRAME = 1_000
#: Characters that a text, and entries that a list, may keep; tried in turn until the alert fits.
_STEPS = (
    (100_000, 500),
    (16_000, 200),
    (8_000, 100),
    (4_000, 60),
    (2_000, 40),
    (1_000, 25),
    (400, 12),
    (150, 6),
    (60, 3),
    (20, 1),
)
_DEEP = 8


def parts(alerts: tuple[Alert, ...], limits: Limits, total: int = 0) -> tuple[tuple[Alert, ...], ...]:
    """``alerts`` over messages that fit ``limits`` (size in bytes of the JSON), all in full however many they are."""
    return split(alerts, limits, lambda alert: len(_json(_alert(alert, limits.size - _FRAME, alert.at))) + 1, frame=_FRAME)


@spoken
def render(batch: Batch) -> Message:
    """The message: ``payload`` is the JSON as a mapping, ``text`` the bytes to send, ``shortened`` names what did not fit."""
    shown = cards(batch)
    ordered = together(batch.alerts)
    room = batch.limits.size - _FRAME
    data = schema.Data(
        delivery=line(batch.id, 200),
        heading=line(batch.heading, 200),
        thread=line(batch.thread, 200) if batch.thread else None,
        part=batch.part,
        parts=batch.parts,
        total=max(batch.total, len(ordered)),
        more=batch.more,
        notes=list(notes(batch)),
        alerts=[_alert(alert, room, batch.now) for alert in ordered],
    )
    if len(ordered) > 1 and len(_json(schema.JobAlerts(timestamp=batch.now, data=data))) > batch.limits.size:
        # They have grown since they were split (a letter was added): each gets an equal share.
        share = room // len(ordered)
        data = data.model_copy(update={"alerts": [_alert(alert, share, batch.now) for alert in ordered]})
    whole = _with_fewer_notes(schema.JobAlerts(timestamp=batch.now, data=data), batch.limits.size)
    said = _json(whole).decode()
    return Message(
        batch.id, subject(batch, shown), said, payload=whole.model_dump(mode="json"), thread=batch.thread, at=batch.now
    )


def _with_fewer_notes(whole: schema.JobAlerts, size: int) -> schema.JobAlerts:
    """``whole`` within ``size``: of too many notes the last go, and the list says how many."""
    kept = list(whole.data.notes)
    while kept and len(_json(whole)) > size:
        kept.pop()
        said = [*kept, f"… and {len(whole.data.notes) - len(kept)} more (shortened)"]
        smaller = whole.data.model_copy(update={"notes": said})
        if len(_json(tried := whole.model_copy(update={"data": smaller}))) <= size or not kept:
            return tried
    return whole


def _json(part: schema.JobAlerts | schema.AlertData) -> bytes:
    return part.model_dump_json().encode()


def _alert(alert: Alert, room: int, now: datetime) -> schema.AlertData:
    """``alert`` in at most ``room`` bytes; what had to be shortened ends with "… (shortened)" and is named."""
    for longest, most in _STEPS[:-1]:
        if longest <= room and len(_json(made := _made(alert, longest, most, now))) <= room:
            return made
    return _made(alert, *_STEPS[-1], now)


def _made(alert: Alert, longest: int, most: int, now: datetime) -> schema.AlertData:
    short = _Shortening(longest, most)
    shown = alert.posting
    one = Batch("", (alert,), Limits(), now)
    everywhere = [
        shown,
        *(other for other in alert.postings if (other.source, other.source_id) != (shown.source, shown.source_id)),
    ]
    fields: dict[str, Any] = {
        "id": line(alert.id, 200),
        "job": line(alert.job, 40),
        "search": short.line("search", alert.search),
        "event": alert.event,
        "at": alert.at,
        "subject": subject(one, cards(one)),
        "posting": _posting(shown, short),
        "sources": [_source(other, short) for other in short.some("sources", everywhere)],
        "changes": [
            schema.ChangeData(
                field=line(c.field, 60), before=short.line("changes", c.before), after=short.line("changes", c.after)
            )
            for c in short.some("changes", alert.changes)
        ],
        "reasons": [_reason(reason, short) for reason in short.some("reasons", alert.reasons)],
        "possibly": [line(job, 40) for job in short.some("possibly", alert.possibly)],
        "reposted": alert.reposted,
        "score": alert.score,
        "letter": short.text("letter", alert.letter) if alert.letter else None,
    }
    return schema.AlertData(**fields, shortened=sorted(short.names))


class _Shortening:
    """Cuts texts and lists to a measure and remembers which fields it cut."""

    def __init__(self, longest: int, most: int) -> None:
        self.longest, self.most = longest, most
        self.names: set[str] = set()

    def text(self, name: str, said: str | None) -> str:
        return self._cut(name, block(said, self.longest + 1), self.longest)

    def line(self, name: str, said: str | None) -> str:
        limit = min(self.longest, 1_000)
        return self._cut(name, line(said, limit + 1), limit)

    def maybe(self, name: str, said: str | None) -> str | None:
        return self.line(name, said) or None

    def some(self, name: str, many: Any) -> list[Any]:
        if len(many) > self.most:
            self.names.add(name)
        return list(many[: self.most])

    def lines(self, name: str, many: tuple[str, ...]) -> list[str]:
        return [self.line(name, one) for one in self.some(name, many)]

    def _cut(self, name: str, text: str, limit: int) -> str:
        if len(text) <= limit:
            return text
        self.names.add(name)
        return cut(text, limit)


def _posting(shown: Posting, short: _Shortening) -> schema.PostingData:
    return schema.PostingData(
        source=short.line("source", shown.source),
        source_id=short.line("source_id", shown.source_id),
        url=link(shown.url),
        apply_url=link(shown.apply_url),
        title=short.line("title", shown.title) or "(no title)",
        company=short.maybe("company", shown.company),
        locations=[
            schema.Location(
                raw=short.line("locations", where.raw),
                city=short.maybe("locations", where.city),
                region=short.maybe("locations", where.region),
                country=short.maybe("locations", where.country),
                lat=where.lat,
                lon=where.lon,
            )
            for where in short.some("locations", shown.places)
        ],
        work=short.lines("work", shown.work),
        remote_scope=short.lines("remote_scope", shown.remote_scope),
        remote_excluded=short.lines("remote_excluded", shown.remote_excluded),
        employment=short.lines("employment", shown.employment),
        level=short.maybe("level", shown.level),
        levels=[short.line("level", one) for one in shown.levels],
        experience=shown.experience,
        category=short.maybe("category", shown.category),
        industry=short.maybe("industry", shown.industry),
        pay=_pay(shown.pay, short) if shown.pay else None,
        pays=[_pay(one, short) for one in short.some("pays", shown.pays)],
        posted=shown.posted,
        updated=shown.updated,
        expires=shown.expires,
        text=short.text("text", shown.text),
        language=short.maybe("language", shown.language),
        eligibility=[
            schema.EligibilityData(
                topic=short.line("eligibility", asked.topic),
                answer=asked.answer,
                value=short.maybe("eligibility", asked.value),
                words=short.line("eligibility", asked.words),
            )
            for asked in short.some("eligibility", shown.eligibility)
        ],
        tags=short.lines("tags", shown.tags),
        requisition=short.maybe("requisition", shown.requisition),
        detailed=shown.detailed,
        evidence={
            short.line("evidence", name): schema.EvidenceData(basis=why.basis, words=short.line("evidence", why.words))
            for name, why in short.some("evidence", list(shown.evidence.items()))
        },
    )


def _pay(pay: Pay, short: _Shortening) -> schema.PayData:
    return schema.PayData(
        min=pay.min,
        max=pay.max,
        currency=short.maybe("pay", pay.currency),
        period=short.maybe("pay", pay.period),
        basis=pay.basis,
        kind=short.line("pay", pay.kind),
        words=short.line("pay", pay.words),
        scope=short.maybe("pay", pay.scope),
        period_stated=pay.period_stated,
        currency_inferred=pay.currency_inferred,
        tax=short.maybe("pay", pay.tax),
    )


def _source(other: Posting, short: _Shortening) -> schema.SourceData:
    return schema.SourceData(
        source=short.line("sources", other.source),
        source_id=short.line("sources", other.source_id),
        url=link(other.url),
        apply_url=link(other.apply_url),
        posted=other.posted,
    )


def _reason(reason: Reason, short: _Shortening, depth: int = 0) -> schema.ReasonData:
    deeper = reason.parts if depth < _DEEP else ()
    if reason.parts and not deeper:
        short.names.add("reasons")
    return schema.ReasonData(
        condition=short.line("reasons", reason.condition),
        wanted=short.line("reasons", reason.wanted),
        answer=reason.answer.value,
        found=short.line("reasons", reason.found),
        where=short.line("reasons", reason.where),
        basis=reason.basis,
        parts=[_reason(part, short, depth + 1) for part in short.some("reasons", deeper)],
    )
