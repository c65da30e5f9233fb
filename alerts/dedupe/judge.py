"""Are two postings one job? Identities prove it either way; otherwise findings are weighed."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from alerts.dedupe import companies
from alerts.dedupe.evidence import Finding, findings, speaks
from alerts.dedupe.grouped import in_group
from alerts.dedupe.title import parts
from alerts.model.identity import Fingerprint, Verdict

#: The scores of what is proved rather than weighed.
PROVED_SAME, PROVED_DIFFERENT = 1.0, 0.0

#: Nothing is certain that is less likely than this.
FLOOR = 0.6

#: Systems of which one address often holds several jobs.
_SEVERAL = ("hackernews:",)

#: A requisition number that says something: placeholders ("TBD", "0", "See opening") do not.
_REQUISITION = re.compile(r"\d{3,}")


@dataclass(frozen=True, slots=True)
class Weights:
    """What findings weigh, for two questions: is it likely, is it certain? Pairs are (likely, certain), logarithms of odds."""

    bias: tuple[float, float]
    #: The probability from which on it is likely …
    likely: float
    #: … and certain.
    certain: float
    #: Findings that rule out both, and those that rule out certainty.
    never: frozenset[str]
    never_certain: frozenset[str]
    weights: Mapping[str, tuple[float, float]]
    #: Findings that make it at least likely, and those that make it certain, whatever the weights.
    always_likely: frozenset[str] = frozenset()
    always_certain: frozenset[str] = frozenset()

    def relation(self, found: Collection[str]) -> tuple[Literal["same", "likely", "different"], float]:
        """The verdict on a set of findings, and its probability; raises KeyError for a finding that has no weight."""
        likely, certain = (_probability(self.bias[n] + sum(self.weights[name][n] for name in found)) for n in (0, 1))
        if self.never.intersection(found):
            return "different", min(likely, self.likely)
        sure = bool(self.always_certain.intersection(found))
        if sure or self.always_likely.intersection(found):
            likely = max(likely, self.likely)
        if (sure or (certain >= self.certain and likely >= FLOOR)) and not self.never_certain.intersection(found):
            return "same", max(certain, likely) if sure else certain
        return ("likely" if likely >= self.likely else "different"), likely


def judge(a: Fingerprint, b: Fingerprint, *, weights: Weights | None = None) -> Verdict:
    """same: certain, merge. likely: "possibly the same as". different: apart. ``judge(a, b) == judge(b, a)``.

    A score of exactly 1.0 or 0.0 is proved by identities; in between it is a probability, weighed from the findings.
    """
    return _proof(a, b) or _weighed(findings(a, b), weights or default_weights())


def _proof(a: Fingerprint, b: Fingerprint) -> Verdict | None:
    """What needs no weighing: native ids, the source's own rows and groups, requisitions."""
    shared = sorted(set(a.ids) & set(b.ids))
    if shared and not _several_at_one_address(a, b, shared):
        return Verdict("same", PROVED_SAME, (f"both are {shared[0]}",))
    if a.source == b.source:
        return _one_source(a, b)
    other = sorted(_systems(a).keys() & _systems(b).keys())
    if other:
        return Verdict(
            "different", PROVED_DIFFERENT, (f"different ids at {other[0]}: {_systems(a)[other[0]]}, {_systems(b)[other[0]]}",)
        )
    if _requisition(a) and _requisition(b) and companies.compare(a.company, b.company) in ("same", "near"):
        if _requisition(a) == _requisition(b):
            return Verdict("same", PROVED_SAME, (f"both are requisition {a.requisition}",))
        return Verdict(
            "different", PROVED_DIFFERENT, (f"requisitions {' and '.join(sorted((_requisition(a), _requisition(b))))}",)
        )
    if a.address and a.address == b.address and parts(a.title).words == parts(b.title).words:
        return Verdict("same", PROVED_SAME, ("same address and title",))
    return None


def _several_at_one_address(a: Fingerprint, b: Fingerprint, shared: list[str]) -> bool:
    """Is it an address of several jobs? Rows of one source, or roles of one comment, that speak of other work are two."""
    if a.source_id == b.source_id and a.source == b.source:
        return False
    return (a.source == b.source or shared[0].startswith(_SEVERAL)) and in_group(a, b)[0] == "different"


def _one_source(a: Fingerprint, b: Fingerprint) -> Verdict:
    """Two rows of one source are two jobs, but for its own grouping and for feeds that change their ids."""
    if a.source_id == b.source_id:
        return Verdict("same", PROVED_SAME, (f"both are {a.source_id} at {a.source}",))
    if a.address and a.address == b.address and parts(a.title) == parts(b.title):
        return Verdict("same", PROVED_SAME, ("same address and title at one source",))
    if a.group and a.group == b.group:
        return _of_group(a, b)
    return Verdict(
        "different", PROVED_DIFFERENT, (f"{a.source} lists them as two: {' and '.join(sorted((a.source_id, b.source_id)))}",)
    )


def _of_group(a: Fingerprint, b: Fingerprint) -> Verdict:
    """An equal group proves one job only where the postings do not speak against it."""
    relation, doubt = in_group(a, b)
    said = f"one job to {a.source}: group {a.group}"
    if relation == "same":
        return Verdict("same", PROVED_SAME, (said,))
    score = PROVED_DIFFERENT if relation == "different" else default_weights().likely
    return Verdict(relation, score, (f"for: {said}", f"against: {doubt}"))


def _weighed(found: tuple[Finding, ...], weights: Weights) -> Verdict:
    """The findings' weights added up; each one that has words is evidence, the weightiest first."""
    relation, score = weights.relation([f.name for f in found])
    said = sorted((f for f in found if f.words), key=lambda f: -abs(weights.weights[f.name][0]))
    return Verdict(relation, score, tuple(f"{speaks(f.name) or 'note'}: {f.words}" for f in said))


def _probability(odds: float) -> float:
    """Never quite 0 or 1: those are for what is proved."""
    return min(max(1 / (1 + math.exp(-max(min(odds, 30.0), -30.0))), 0.0001), 0.9999)


def _systems(f: Fingerprint) -> dict[str, str]:
    """System and tenant of each native id."""
    return {name.rpartition(":")[0].rstrip(":"): name.rpartition(":")[2] for name in f.ids}


def _requisition(f: Fingerprint) -> str:
    said = (f.requisition or "").strip().casefold()
    return said if _REQUISITION.search(said) else ""


@cache
def default_weights() -> Weights:
    """The weights of weights.toml."""
    table = tomllib.loads((files("alerts.dedupe") / "weights.toml").read_text(encoding="utf-8"))
    return Weights(
        bias=tuple(table["bias"]),
        likely=table["likely"],
        certain=table["certain"],
        never=frozenset(table["never"]),
        never_certain=frozenset(table["never_certain"]),
        weights={name: tuple(pair) for name, pair in table["weights"].items()},
        always_likely=frozenset(table["always_likely"]),
        always_certain=frozenset(table["always_certain"]),
    )
