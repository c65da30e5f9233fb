"""Learn what the findings of alerts/dedupe/evidence.py weigh: ``python benchmarks/train_judge.py FOLDER [--write]``.

FOLDER holds dedupe_content.jsonl (pairs) and dedupe_cluster.jsonl (a stream from several sources) with labels. Two columns
of weights are learned by logistic regression: *likely* from the pairs, *certain* from the pairs that the stream's blocks put
together, where most pairs differ as in life, with the labelled pairs at a fraction of their weight. No weight may go against
what its finding says. Printed first: what each reaches on the employers it was not trained on, and beside it a few plain
rules. ``--write`` then trains on all and writes alerts/dedupe/weights.toml.

Needs numpy and scipy, which the program itself does not.
"""

import json
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from scipy.optimize import minimize

from alerts.dedupe.blocks import blocks
from alerts.dedupe.choose import assign
from alerts.dedupe.evidence import directions, findings, orders, speaks
from alerts.dedupe.judge import Weights
from alerts.model.identity import Fingerprint
from benchmarks.tasks.dedupe_cluster import of_stream
from benchmarks.tasks.dedupe_content import as_fingerprint

WEIGHTS = Path(__file__).resolve().parent.parent / "alerts" / "dedupe" / "weights.toml"
#: Strength of the fit; the stream has few pairs, so it is held shorter.
LIKELY_C, CERTAIN_C = 1.0, 0.1
#: What a labelled pair counts beside a pair of the stream.
PAIRS_IN_CERTAIN = 1.0
LIKELY_AT, CERTAIN_AT = 0.55, 0.48
#: Findings seen more seldom are left at zero.
LEAST_SEEN = 5
#: Parts of the employers, each judged by weights learned from the others.
FOLDS = 5

#: Too rare in the labels to be learned, set by judgement. Siblings share their text, so that by itself it proves little.
BY_HAND = {
    "text equal": (0.5, 0.3),
    "text alike": (0.3, 0.2),
    "text partly": (-0.3, -0.3),
    "text other": (-1.5, -1.5),
    "pay same": (0.5, 0.5),
    "pay near": (0.0, 0.0),
    "pay other": (-1.0, -1.0),
    "same address": (2.0, 2.0),
    "company named": (1.0, 0.0),
    "text proof": (1.0, 1.0),
    "text copy": (0.5, 0.0),
}
NEVER = ["step differs", "season differs", "senior differs", "year differs", "requisition differs"]
NEVER_CERTAIN = [
    "places elsewhere",
    "places abroad",
    "title more 1",
    "title more 2",
    "title more 3",
    "title more 4",
    "company part",
    "company kin",
    "company named",
    "company other",
    "company unsaid",
    "intern one-sided",
    "senior one-sided",
    "title other",
    "text other",
    "long ago",
]


ALWAYS_LIKELY = ["text proof", "text copy"]
ALWAYS_CERTAIN = ["text proof"]


class Pair(NamedTuple):
    """One labelled pair: which part of the employers, what was found, whether it is one job."""

    fold: int
    found: list[str]
    same: bool
    weight: float


def main(folder: Path, write: bool) -> None:
    pairs = content_pairs(folder)
    stream = [json.loads(line) for line in (folder / "dedupe_cluster.jsonl").read_text(encoding="utf-8").splitlines()]
    stream.sort(key=lambda row: row["first_seen"])
    records = [(row, of_stream(row)) for row in stream]
    natural = stream_pairs(records)
    print(f"{len(pairs)} labelled pairs, {len(natural)} pairs of the stream")
    folds = {fold: learn(pairs, natural, fold) for fold in range(FOLDS)}
    plain = plain_rules()
    for name, weights in (("plain rules", dict.fromkeys(folds, plain)), ("learned", folds)):
        print(f"{name}, each employer judged by weights that did not see it:")
        report(pairs, records, weights)
    if write:
        WEIGHTS.write_text(as_toml(learn(pairs, natural, None)), encoding="utf-8")
        print(f"wrote {WEIGHTS.name}")


def content_pairs(folder: Path) -> list[Pair]:
    """The pairs that can be decided from what the postings say (``core``)."""
    rows = [json.loads(line) for line in (folder / "dedupe_content.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        Pair(fold_of(row["a"]), names(as_fingerprint(row["a"], "a"), as_fingerprint(row["b"], "b")), bool(row["label"]), 1.0)
        for row in rows
        if row["core"]
    ]


def stream_pairs(records: list[tuple[dict[str, Any], Fingerprint]]) -> list[Pair]:
    """Every pair of postings from two sources that share a block."""
    index: dict[str, list[int]] = defaultdict(list)
    out = []
    for number, (row, fingerprint) in enumerate(records):
        keys = blocks(fingerprint)
        for other in sorted({n for key in keys for n in index[key]}):
            theirs, their_fingerprint = records[other]
            if theirs["source"] != row["source"]:
                out.append(Pair(fold_of(row), names(fingerprint, their_fingerprint), theirs["cluster"] == row["cluster"], 1.0))
        for key in keys:
            index[key].append(number)
    return out


def names(a: Fingerprint, b: Fingerprint) -> list[str]:
    return [found.name for found in findings(a, b)]


def fold_of(row: dict[str, Any]) -> int:
    """Employers never straddle the parts, as far as their first word tells."""
    return (crc32(row["company"].casefold().split()[0].encode()) >> 7) % FOLDS


def learn(pairs: list[Pair], natural: list[Pair], left_out: int | None) -> Weights:
    """Weights from all employers but those of one part (None: from all)."""
    likely = [pair for pair in pairs if pair.fold != left_out]
    certain = [pair for pair in natural if pair.fold != left_out]
    certain += [pair._replace(weight=PAIRS_IN_CERTAIN) for pair in likely]
    bias, weights = fit(likely, LIKELY_C)
    certain_bias, certain_weights = fit(certain, CERTAIN_C)
    weights, certain_weights = settled(weights), settled(certain_weights)
    both = {name: (weights[name], certain_weights[name]) for name in sorted(directions())}
    return Weights(
        bias=(bias, certain_bias),
        likely=LIKELY_AT,
        certain=CERTAIN_AT,
        never=frozenset(NEVER),
        never_certain=frozenset(NEVER_CERTAIN),
        weights=both | BY_HAND,
        always_likely=frozenset(ALWAYS_LIKELY),
        always_certain=frozenset(ALWAYS_CERTAIN),
    )


def fit(pairs: list[Pair], strength: float) -> tuple[float, dict[str, float]]:
    """Logistic regression in which no finding weighs against what it says, nor less than one that says less."""
    seen = Counter(name for pair in pairs for name in set(pair.found))
    columns = {
        name: n for n, name in enumerate(sorted(name for name in seen if seen[name] >= LEAST_SEEN and name not in BY_HAND))
    }
    table = np.zeros((len(pairs), len(columns)))
    for row, pair in enumerate(pairs):
        for name in pair.found:
            if name in columns:
                table[row, columns[name]] = 1
    same, weight = np.array([pair.same for pair in pairs], float), np.array([pair.weight for pair in pairs])
    total = weight.sum()

    def loss(at: Any) -> tuple[float, Any]:
        odds = table @ at[1:] + at[0]
        miss = weight * (1 / (1 + np.exp(-odds)) - same)
        value = strength * np.sum(weight * (np.logaddexp(0, odds) - same * odds)) + at[1:] @ at[1:] / 2
        return value / total, np.concatenate([[strength * np.sum(miss)], strength * (table.T @ miss) + at[1:]]) / total

    bounds = [(0.0 if speaks(name) == "for" else None, 0.0 if speaks(name) == "against" else None) for name in columns]
    ordered = differences(columns)
    found = minimize(
        loss,
        np.zeros(len(columns) + 1),
        jac=True,
        method="SLSQP",
        bounds=[(None, None), *bounds],
        constraints=[{"type": "ineq", "fun": lambda at: ordered @ at, "jac": lambda _: ordered}],
        options={"maxiter": 500, "ftol": 1e-9},
    )
    if not found.success:
        raise SystemExit(f"the weights could not be learned: {found.message}")
    return float(found.x[0]), {name: float(found.x[column + 1]) for name, column in columns.items()}


def settled(learned: dict[str, float]) -> dict[str, float]:
    """A weight for every finding: one too rare to be learned is as near to nothing as its neighbours in the orders let it be."""
    weights = dict.fromkeys(directions(), 0.0) | learned
    for names in orders():
        for place, name in enumerate(names):
            if name not in learned:
                least = max((learned[after] for after in names[place + 1 :] if after in learned), default=-99.0)
                most = min((learned[before] for before in names[:place] if before in learned), default=99.0)
                weights[name] = min(max(weights[name], least), most)
    return weights


def differences(columns: dict[str, int]) -> Any:
    """One row for each two neighbours of an order: the first less the second, which must not be negative."""
    rows = []
    for names in orders():
        known = [name for name in names if name in columns]
        for more, less in pairwise(known):
            row = np.zeros(len(columns) + 1)
            row[columns[more] + 1], row[columns[less] + 1] = 1.0, -1.0
            rows.append(row)
    return np.array(rows).reshape(-1, len(columns) + 1)


def plain_rules() -> Weights:
    """The fallback: same company, title and place as one would say it, and nothing against it."""
    points = {
        **dict.fromkeys(["company same", "company near", "company part"], (1.0, 1.0)),
        **dict.fromkeys(["title verbatim", "title reordered", "title equal", "title core"], (1.0, 1.0)),
        **dict.fromkeys(["title nearly", "season one-sided", "year one-sided"], (1.0, 0.0)),
        **dict.fromkeys(["places equal", "places overlap", "places remote"], (1.0, 1.0)),
        **dict.fromkeys(["places near", "places inside region", "places unsaid"], (1.0, 0.0)),
        **dict.fromkeys(["step one-sided", "junior one-sided", "intern one-sided"], (-1.0, -1.0)),
        **dict.fromkeys(["late"], (0.0, -1.0)),
    }
    points = dict.fromkeys(directions(), (0.0, 0.0)) | {
        name: (4 * likely, 4 * certain) for name, (likely, certain) in points.items()
    }
    return Weights((-10.0, -10.0), 0.5, 0.5, frozenset(NEVER), frozenset(NEVER_CERTAIN), points)


def report(pairs: list[Pair], records: list[tuple[dict[str, Any], Fingerprint]], weights: dict[int, Weights]) -> None:
    """Figures of each part under the weights that did not see it, and of all."""
    content, cluster = Counter[str](), Counter[str]()
    for fold, learned in weights.items():
        one, two = score_pairs(pairs, fold, learned), score_stream(records, fold, learned)
        print(f"  part {fold}: content {figures(one)}; stream {figures(two)}")
        content += one
        cluster += two
    print(f"  all:    content {figures(content)}; stream {figures(cluster)}")


def score_pairs(pairs: list[Pair], fold: int, weights: Weights) -> Counter[str]:
    found: Counter[str] = Counter()
    for pair in pairs:
        if pair.fold == fold:
            said = weights.relation(pair.found)[0] != "different"
            found.update({"right": said and pair.same, "said": said, "true": pair.same})
    return found


def score_stream(records: list[tuple[dict[str, Any], Fingerprint]], fold: int, weights: Weights) -> Counter[str]:
    index: dict[str, list[int]] = defaultdict(list)
    jobs: list[tuple[str, Fingerprint]] = []
    gold: list[str] = []
    for row, fingerprint in records:
        if fold_of(row) != fold:
            continue
        keys = blocks(fingerprint)
        near = sorted({number for key in keys for number in index[key]})
        job = assign(fingerprint, [jobs[number] for number in near], weights=weights).job or row["rec"]
        for key in keys:
            index[key].append(len(jobs))
        jobs.append((job, fingerprint))
        gold.append(row["cluster"])
    said = [job for job, _ in jobs]
    return Counter(
        right=pairs_in(Counter(zip(gold, said, strict=True))), said=pairs_in(Counter(said)), true=pairs_in(Counter(gold))
    )


def pairs_in(groups: Counter[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in groups.values())


def figures(found: Counter[str]) -> str:
    precision, recall = found["right"] / max(found["said"], 1), found["right"] / max(found["true"], 1)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def as_toml(learned: Weights) -> str:
    lines = [
        "# What each finding of evidence.py weighs, in logarithms of odds: [likely, certain]; added up by judge.py.",
        "# Written by benchmarks/train_judge.py. What is never (certain), the thresholds, and text and pay are set by judgement.",
        "",
        f"bias = [{learned.bias[0]:.2f}, {learned.bias[1]:.2f}]",
        f"likely = {learned.likely}",
        f"certain = {learned.certain}",
        "# Findings after which two postings are never one job, whatever else agrees …",
        f"never = {json.dumps(sorted(learned.never))}",
        "# … and those after which it is never certain.",
        f"never_certain = {json.dumps(sorted(learned.never_certain))}",
        "# Findings after which it is at least likely, and certain, whatever the weights.",
        f"always_likely = {json.dumps(sorted(learned.always_likely))}",
        f"always_certain = {json.dumps(sorted(learned.always_certain))}",
        "",
        "[weights]",
    ]
    for name, (likely, certain) in sorted(learned.weights.items(), key=lambda item: (item[0].split()[0], -item[1][0])):
        lines.append(f'"{name}" = [{likely:.2f}, {certain:.2f}]')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), "--write" in sys.argv)
