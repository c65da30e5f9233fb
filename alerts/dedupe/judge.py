"""Are two postings one job? Identities prove it either way; otherwise findings are weighed."""

from __future__ import annotations

import math
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from alerts.dedupe import companies
from alerts.dedupe.evidence import Finding, findings
from alerts.dedupe.title import parts
from alerts.model import Fingerprint, Verdict

#: The scores of what is proved rather than weighed.
PROVED_SAME, PROVED_DIFFERENT = 1.0, 0.0

#: A requisition number that says something: placeholders ("TBD", "0", "See opening") do not.
_REQUISITION = re.compile(r"\d{3,}")


def judge(a: Fingerprint, b: Fingerprint) -> Verdict:
    """same: certain, merge. likely: "possibly the same as". different: apart. ``judge(a, b) == judge(b, a)``.

    A score of exactly 1.0 or 0.0 is proved by identities; in between it is a probability, weighed from the findings.
    """
    return _proof(a, b) or _weighed(findings(a, b))


def _proof(a: Fingerprint, b: Fingerprint) -> Verdict | None:
    """What needs no weighing: native ids, the source's own rows and groups, requisitions."""
    shared = sorted(set(a.ids) & set(b.ids))
    if shared:
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


def _one_source(a: Fingerprint, b: Fingerprint) -> Verdict:
    """Two rows of one source are two jobs, but for its own grouping and for feeds that change their ids."""
    if a.source_id == b.source_id:
        return Verdict("same", PROVED_SAME, (f"both are {a.source_id} at {a.source}",))
    if a.group and a.group == b.group:
        return Verdict("same", PROVED_SAME, (f"one job to {a.source}: group {a.group}",))
    if a.address and a.address == b.address and parts(a.title) == parts(b.title):
        return Verdict("same", PROVED_SAME, ("same address and title at one source",))
    return Verdict(
        "different", PROVED_DIFFERENT, (f"{a.source} lists them as two: {' and '.join(sorted((a.source_id, b.source_id)))}",)
    )


def _weighed(found: tuple[Finding, ...]) -> Verdict:
    """The findings' weights added up, as a probability; each named finding that weighs something is evidence."""
    table = _weights()
    weights: dict[str, float] = table["weights"]
    total = table["bias"] + sum(weights.get(f.name, 0.0) for f in found)
    score = min(max(1 / (1 + math.exp(-total)), 0.0001), 0.9999)
    said = sorted((f for f in found if f.words), key=lambda f: -abs(weights.get(f.name, 0.0)))
    evidence = tuple(("for: " if weights.get(f.name, 0.0) >= 0 else "against: ") + f.words for f in said)
    vetoed = any(f.name in table["never"] for f in found)
    uncertain = vetoed or any(f.name in table["never_certain"] for f in found)
    if score >= table["same"] and not uncertain:
        return Verdict("same", score, evidence)
    if score >= table["likely"] and not vetoed:
        return Verdict("likely", score, evidence)
    return Verdict("different", score, evidence)


def _systems(f: Fingerprint) -> dict[str, str]:
    """System and tenant of each native id."""
    return {name.rpartition(":")[0].rstrip(":"): name.rpartition(":")[2] for name in f.ids}


def _requisition(f: Fingerprint) -> str:
    said = (f.requisition or "").strip().casefold()
    return said if _REQUISITION.search(said) else ""


@cache
def _weights() -> dict[str, Any]:
    return tomllib.loads((files("alerts.dedupe") / "weights.toml").read_text(encoding="utf-8"))
