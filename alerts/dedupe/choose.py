"""Which stored job a new posting joins, if any, and which ones it is possibly the same as."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from alerts.dedupe.judge import PROVED_DIFFERENT, PROVED_SAME, judge
from alerts.model import Fingerprint, Verdict

#: Two jobs that fit about equally well leave it open which one is meant.
LEAST_MARGIN = 0.03


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
    forced_same: Collection[str] = (),
    forced_different: Collection[str] = (),
) -> Assignment:
    """The job that the posting joins. ``candidates``: (job id, fingerprint of one of its postings), any number a job.

    The user's word stands above all: ``forced_same`` and ``forced_different`` are ids of jobs.
    """
    verdicts = _by_job(new, [(job, f) for job, f in candidates if job not in forced_different])
    forced = sorted(set(forced_same) - set(forced_different))
    if forced:
        return Assignment(forced[0], "same", ("joined by the user",), tuple(job for job, _ in verdicts if job not in forced))
    certain = [(job, v) for job, v in verdicts if v.relation == "same"]
    likely = tuple(job for job, v in verdicts if v.relation == "likely")
    if certain and (
        len(certain) == 1 or certain[0][1].score - certain[1][1].score >= LEAST_MARGIN or certain[1][1].score == PROVED_SAME
    ):
        job, verdict = certain[0]
        return Assignment(job, "same", verdict.evidence, tuple(other for other, _ in certain[1:]) + likely)
    if certain or likely:
        evidence = (f"fits {len(certain)} jobs equally well",) if certain else verdicts[0][1].evidence
        return Assignment(None, "likely", evidence, tuple(job for job, _ in certain) + likely)
    return Assignment(None, "different")


def _by_job(new: Fingerprint, candidates: Sequence[tuple[str, Fingerprint]]) -> list[tuple[str, Verdict]]:
    """The verdict on each job, the best first: its best posting's, unless another posting proves it different."""
    found: dict[str, list[Verdict]] = {}
    for job, fingerprint in candidates:
        found.setdefault(job, []).append(judge(new, fingerprint))
    out = []
    for job, verdicts in found.items():
        best = max(verdicts, key=lambda v: v.score)
        apart = any(v.relation == "different" and v.score == PROVED_DIFFERENT for v in verdicts)
        if best.score == PROVED_SAME or not apart:
            out.append((job, best))
    return sorted(out, key=lambda item: (-item[1].score, item[0]))
