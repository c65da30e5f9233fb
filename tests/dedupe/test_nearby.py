"""How many pairs are judged, counted: linear in a board of near-identical postings, and no proof is lost."""

from datetime import UTC, datetime

import pytest

from alerts.dedupe.blocks import blocks
from alerts.dedupe.choose import assign
from alerts.dedupe.nearby import MOST, Nearby
from alerts.model.identity import Fingerprint

DAY = datetime(2026, 11, 20, tzinfo=UTC)
TITLE = "store manager nights billing region"


def row(number: int, source: str = "board", **more: object) -> Fingerprint:
    fields: dict[str, object] = {"company": "acme", "title": TITLE, "places": (("leeds", "", "gb"),), "posted": DAY}
    return Fingerprint(source, str(number), **(fields | more))  # type: ignore[arg-type]


def polled(rows: list[Fingerprint]) -> tuple[int, dict[str, list[Fingerprint]]]:
    """How many pairs were judged when the rows came one after another, and the jobs they became."""
    near, judged = Nearby(), 0
    jobs: dict[str, list[Fingerprint]] = {}
    for number, one in enumerate(rows):
        keys = blocks(one)
        rivals = near.of(one, keys)
        judged += len(rivals)
        job = assign(one, [(str(job), print_) for job, print_ in rivals]).job or str(number)
        near.add(int(job), one, keys)
        jobs.setdefault(job, []).append(one)
    return judged, jobs


def test_near_identical_rows_of_one_board_are_not_judged_against_each_other() -> None:
    judged, jobs = polled([row(n) for n in range(2000)])
    assert judged == 0
    assert len(jobs) == 2000


@pytest.mark.parametrize(
    ("what", "rows"),
    [
        ("two boards", [row(n, source) for n in range(400) for source in ("board", "other")]),
        ("one group for all", [row(n, group="7", title=f"{TITLE} {n}x") for n in range(800)]),
        ("one address for all", [row(n, address="https://a.example/jobs", title=f"{TITLE} {n}x") for n in range(800)]),
        ("one id for all", [row(n, ids=("lever::x",)) for n in range(800)]),
    ],
    ids=lambda said: said if isinstance(said, str) else "",
)
def test_the_pairs_judged_grow_with_the_rows_and_not_with_their_square(what: str, rows: list[Fingerprint]) -> None:
    half, whole = polled(rows[: len(rows) // 2])[0], polled(rows)[0]
    assert whole <= len(rows) * (MOST + 12), what
    assert whole <= 2 * half + len(rows) * MOST, what


@pytest.mark.parametrize(
    "proof",
    [
        {"ids": ("lever::x",)},
        {"group": "one of a thousand"},
        {"address": "https://a.example/jobs", "title": "cook"},
    ],
    ids=lambda proof: next(iter(proof)),
)
def test_a_proof_is_found_in_any_crowd(proof: dict[str, object]) -> None:
    crowd = [row(n, address="https://a.example/jobs", group="crowd") for n in range(1000)]
    if "group" in proof:
        crowd = [row(n, group="one of a thousand", title=f"buyer {n}x") for n in range(1000)]
    twin = row(5000, **proof)
    jobs = polled([*crowd[:500], twin, *crowd[500:], row(5001, **proof)])[1]
    assert any({"5000", "5001"} <= {one.source_id for one in rows} for rows in jobs.values())


def test_the_twin_on_another_board_is_found_among_a_thousand_in_other_cities() -> None:
    crowd = [row(n, places=((f"town {n}", "", "gb"),)) for n in range(1000)]
    jobs = polled([*crowd, row(1, "other", places=(("town 7", "", "gb"),))])[1]
    assert any({("board", "7"), ("other", "1")} == {(one.source, one.source_id) for one in rows} for rows in jobs.values())


def test_another_row_of_its_source_in_the_job_keeps_a_posting_apart() -> None:
    jobs = polled([row(1, "other"), row(1), row(2)])[1]
    assert sorted(len(rows) for rows in jobs.values()) == [1, 2]


def test_a_crowd_of_equal_fits_is_left_open_and_few_are_named() -> None:
    near = Nearby()
    for n in range(300):
        near.add(n, row(n), blocks(row(n)))
    new = row(1, "other")
    found = assign(new, [(str(job), print_) for job, print_ in near.of(new, blocks(new))])
    assert (found.job, found.relation) == (None, "likely")
    assert len(found.possibly) <= 10


def test_what_is_stored_comes_latest_first() -> None:
    new = row(1, "other")
    stored = {key: [(n, row(n)) for n in range(300, 0, -1)] for key in blocks(new)}
    assert 300 in {job for job, _ in Nearby(stored).of(new, blocks(new))}
