"""What a poll found is stored: postings, jobs and events, and the alerts owed, in portions of one transaction each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.dedupe.changes import compare, without_boilerplate
from alerts.dedupe.choose import Assignment
from alerts.dedupe.decide import Decision, Facts, Heard, Joins, Standing, Tell, Write, decide
from alerts.dedupe.presence import is_over
from alerts.model.event import Change, EventKind
from alerts.model.pending import Pending
from alerts.poll.announce import Announcer
from alerts.poll.entry import Entry
from alerts.poll.join import Joiner, Printed
from alerts.poll.portions import in_portions
from alerts.poll.summary import Happened
from alerts.store.posting_rows import JobState, Known
from alerts.store.store import Store

#: So many postings are made ready for their transactions at a time.
AHEAD = 200
#: The listings of one job follow each other's changes within this time.
ECHO = timedelta(days=14)
_SETTLED = (Standing.KNOWN, Standing.CHANGE_AWAITED)
#: By the source's own id: what became different, and what of it is worth telling.
Changes = Mapping[str, tuple[Change, ...]]


@dataclass(frozen=True, slots=True)
class Differences:
    """What became different in the postings of one listing, by the source's own id."""

    all: Changes
    #: Without a sentence that changed in many postings at once: that is no news of any.
    news: Changes

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Differences:
        """Compare every settled posting with what was stored of it."""
        found = {
            entry.raw.source_id: compare(entry.before, entry.now)
            for entry in entries
            if entry.before and entry.standing in _SETTLED and entry.heard is Heard.WHOLE
        }
        return cls(found, without_boilerplate(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """Records the entries of one source. ``baseline``: it is read for the first time."""

    store: Store
    announcer: Announcer
    baseline: bool
    now: datetime
    #: The user's time zone, in which the last day to apply ends.
    zone: str

    def record(self, entries: Sequence[Entry], differences: Differences) -> list[Happened]:
        """What happened to each posting. What only reads and reckons is done ahead of the transactions, for some at a time."""
        happened: list[Happened] = []
        for start in range(0, len(entries), AHEAD):
            prints = [(entry, Printed.of(entry.now, self.now, entry.block)) for entry in entries[start : start + AHEAD]]
            joiner = Joiner(self.store.postings)
            joiner.look_up([one for entry, one in prints if entry.standing not in _SETTLED])

            def work(found: tuple[Entry, Printed], joiner: Joiner = joiner) -> Happened:
                entry, one = found
                if entry.known and entry.standing in _SETTLED:
                    return self._settled(entry, entry.known, one, differences)
                return self._unsettled(entry, one, joiner)

            happened += in_portions(self.store, prints, work, begin=joiner.begin, end=joiner.end)
        return happened

    # --- a posting that was stored whole -------------------------------------------------------------------------

    def _settled(self, entry: Entry, known: Known, one: Printed, differences: Differences) -> Happened:
        news = differences.news.get(entry.raw.source_id, ())
        decision = decide(self._facts(entry, Joins.OWN, news=bool(news)))
        self._write(entry, known, one, decision)
        if decision.write is not Write.REPLACE:
            return Happened(decision.what)
        event = None
        if decision.event and not self._is_echo(known.job, news):
            event = self.store.events.add(known.job, decision.event, self.now, known.id, news)
        told = 0
        only_boilerplate = bool(differences.all.get(entry.raw.source_id)) and not news
        if decision.tell is Tell.CHANGE and not only_boilerplate:
            told = self._tell_change(entry, known, event, news)
        return Happened(decision.what, decision.event if event else None, told)

    def _tell_change(self, entry: Entry, known: Known, event: int | None, news: tuple[Change, ...]) -> int:
        """As new to those who want it only now, however small the change; to the others as the change that it is."""
        had = {saved.name for saved, _ in entry.found_before}
        newly = [(saved, match) for saved, match in entry.found if saved.name not in had]
        told = self.announcer.new(known.job, entry.now, newly, self.now, news)
        if event is not None:
            still = [(saved, match) for saved, match in entry.found if saved.name in had]
            told += self.announcer.event(EventKind.CHANGED, event, known.job, entry.now, self.now, still, news)
        return told

    def _is_echo(self, job: int, news: Sequence[Change]) -> bool:
        """Did another listing of the job (its other city, another board) change in the same way just before?"""
        says = {(change.field, change.after) for change in news}
        return any(
            event.kind is EventKind.CHANGED
            and event.at >= self.now - ECHO
            and says <= {(change.field, change.after) for change in event.changes}
            for event in self.store.events.of_job(job)
        )

    # --- a posting that nobody was told of -----------------------------------------------------------------------

    def _unsettled(self, entry: Entry, one: Printed, joiner: Joiner) -> Happened:
        known = entry.known
        own = self.store.postings.job(known.job) if known else None
        if entry.heard is not Heard.WHOLE:
            # Which job it is can be judged once its details are there; until then it is one of its own.
            decision = decide(self._facts(entry, Joins.OWN))
            job = own.id if own else self.store.postings.new_job(self.now, baseline=self.baseline)
            self._write(entry, known, one, decision, job)
            return Happened(decision.what)
        assignment = joiner.assign(one, own.id if own else None, self._apart(own))
        state, joins = self._join(entry, own, assignment)
        decision = decide(self._facts(entry, joins))
        job = state.id if state else self.store.postings.new_job(self.now, baseline=self.baseline)
        number = self._write(entry, known, one, decision, job)
        joiner.remember(one, job)
        self._remember_pairs(job, assignment)
        return self._follow(entry, decision, job, number)

    def _apart(self, own: JobState | None) -> set[int]:
        pairs = self.store.postings.pairs_of(own.id) if own else ()
        return {other for other, said, by_user in pairs if by_user and said == "different"}

    def _join(self, entry: Entry, own: JobState | None, assignment: Assignment) -> tuple[JobState | None, Joins]:
        """The job that it belongs to now (None: one that is to be made), and how that job stands."""
        postings = self.store.postings
        joined = entry.reissue_of if entry.reissue_of is not None else int(assignment.job) if assignment.job else None
        if own and len(postings.of_job(own.id)) > 1:
            return own, _joins(own)
        state = postings.job(joined) if joined is not None else None
        if state is None or (own and state.id == own.id):
            return own, Joins.OWN
        if own:
            postings.merge(state.id, own.id)
        return state, Joins.REISSUED if entry.reissue_of is not None else _joins(state)

    def _follow(self, entry: Entry, decision: Decision, job: int, number: int) -> Happened:
        event = None
        if decision.opens:
            self.store.postings.keep_job(job, closed=None, reposted=decision.event is EventKind.REPOSTED)
        if decision.event and not self._is_in_history(entry, job):
            event = self.store.events.add(job, decision.event, self.now, number)
        told = self._tell(entry, decision.tell, job, event)
        return Happened(decision.what, decision.event if event else None, told)

    def _is_in_history(self, entry: Entry, job: int) -> bool:
        """Was it known already, when an edited search made its details wanted?"""
        asked_late = entry.standing is Standing.AWAITED_BASELINE
        return asked_late and any(event.kind is EventKind.NEW for event in self.store.events.of_job(job))

    def _tell(self, entry: Entry, tell: Tell, job: int, event: int | None) -> int:
        announcer, posting, now = self.announcer, entry.now, self.now
        match tell:
            case Tell.NEW:
                return announcer.new(job, posting, entry.found, now)
            case Tell.RECENT:
                return announcer.recent(job, posting, entry.found, now)
            case Tell.JOB:
                return announcer.whole(job, posting, now)
            case Tell.REPOST if event is not None:
                return announcer.event(EventKind.REPOSTED, event, job, posting, now, entry.found)
        announcer.remember(job, entry.found, now)
        return 0

    # --- both ----------------------------------------------------------------------------------------------------

    def _facts(self, entry: Entry, joins: Joins, *, news: bool = False) -> Facts:
        expired = is_over(entry.now.expires, self.now, self.zone)
        return Facts(
            entry.standing, entry.heard, joins, baseline=self.baseline, news=news, expired=expired, thinned=entry.thinned
        )

    def _write(self, entry: Entry, known: Known | None, one: Printed, decision: Decision, job: int = 0) -> int:
        postings = self.store.postings
        if known is None:
            number = postings.add(entry.now, one.print, one.stored_keys, entry.key, self.now, job=job, pending=decision.pending)
            if entry.tries:
                postings.keep_tries(number, entry.tries, decision.pending)
            return number
        if decision.write is Write.REPLACE:
            postings.replace(known.id, entry.now, one.print, one.stored_keys, entry.key, pending=decision.pending)
        if decision.write is not Write.NOTHING:
            postings.keep_tries(known.id, entry.tries if decision.pending else 0, decision.pending)
            self._keep_listed(entry, known, decision)
        return known.id

    def _keep_listed(self, entry: Entry, known: Known, decision: Decision) -> None:
        """What the list says of a change is kept while the details are outstanding: it may never say it again."""
        if decision.pending is Pending.CHANGE and not entry.fallen:
            self.store.listed.keep(known.id, entry.key, entry.now, self.now)
        elif known.pending is Pending.CHANGE and decision.pending is None:
            self.store.listed.forget(known.id)

    def _remember_pairs(self, job: int, assignment: Assignment) -> None:
        for other in assignment.possibly:
            if int(other) != job:
                self.store.postings.pair(job, int(other), "likely", assignment.evidence, self.now)


def _joins(state: JobState) -> Joins:
    if state.closed:
        return Joins.CLOSED
    return Joins.BASELINE if state.baseline else Joins.OPEN
