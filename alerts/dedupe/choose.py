"""Which stored job a new posting joins, if any, and which ones it is possibly the same as."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from alerts.dedupe.judge import PROVED_DIFFERENT, PROVED_SAME, Weights, judge
from alerts.model.identity import Fingerprint, Verdict


@dataclass(frozen=True, slots=True)
class Assignment:
    """The job to join (None: it is a job of its own), why, and other jobs that it may be the same as."""

    job: str | None
    #: same: joined. likely: apart, told with ``possibly``. different: new.
    relation: Literal["same", "likely", "different"]
    evidence: tuple[str, ...] = ()
    #: Job ids, the likeliest first.
    possibly: tuple[str, ...] = ()


def assign(
    new: Fingerprint,
    candidates: Sequence[tuple[str, Fingerprint]],
    *,
    forced_different: Collection[str] = (),
    weights: Weights | None = None,
) -> Assignment:
    """The job that the posting joins. ``candidates``: (job id, fingerprint of one of its postings), any number a job.

    ``forced_different``: jobs that the user parted from it. Among several jobs that fit, proof wins, then the score, then
    the nearest date; two that fit equally well leave it open.
    """
    found = _by_job(new, [(job, f) for job, f in candidates if job not in forced_different], weights)
    certain = [fit for fit in found if fit.verdict.relation == "same"]
    likely = [fit for fit in found if fit.verdict.relation == "likely"]
    if certain and (len(certain) == 1 or certain[0].verdict.score == PROVED_SAME or certain[0].order < certain[1].order):
        return Assignment(certain[0].job, "same", certain[0].verdict.evidence, _jobs(certain[1:] + likely))
    if certain:
        return Assignment(None, "likely", (f"fits {len(certain)} jobs equally well",), _jobs(certain + likely))
    if likely:
        return Assignment(None, "likely", likely[0].verdict.evidence, _jobs(likely))
    return Assignment(None, "different")


#: More jobs than this are not named as possibly the same: a crowd of twins says nothing.
MOST_NAMED = 10

_RANK = {"same": 0, "likely": 1, "different": 2}


class _Fit(NamedTuple):
    """How well a job fits: the order puts the best first."""

    order: tuple[int, float, int]
    job: str
    verdict: Verdict


def _jobs(fits: Sequence[_Fit]) -> tuple[str, ...]:
    return tuple(fit.job for fit in fits[:MOST_NAMED])


def _by_job(new: Fingerprint, candidates: Sequence[tuple[str, Fingerprint]], weights: Weights | None) -> list[_Fit]:
    """How each job fits, the best first: by its best posting, unless another of its postings proves it different."""
    found: dict[str, list[_Fit]] = {}
    for job, fingerprint in candidates:
        verdict = judge(new, fingerprint, weights=weights)
        order = (_RANK[verdict.relation], -verdict.score, _days(new, fingerprint))
        found.setdefault(job, []).append(_Fit(order, job, verdict))
    out = []
    for fits in found.values():
        best = min(fits, key=lambda fit: fit.order)
        if best.verdict.score == PROVED_SAME or all(fit.verdict.score != PROVED_DIFFERENT for fit in fits):
            out.append(best)
    return sorted(out, key=lambda fit: (fit.order, fit.job))


def _days(a: Fingerprint, b: Fingerprint) -> int:
    return abs((a.posted - b.posted).days) if a.posted and b.posted else 9999
