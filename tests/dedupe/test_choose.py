"""Which job a new posting joins."""

import dataclasses
from datetime import UTC, datetime, timedelta

from alerts.dedupe.blocks import blocks
from alerts.dedupe.choose import assign
from alerts.model.identity import Fingerprint

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def at(source: str, number: str = "1", **more: object) -> Fingerprint:
    same = Fingerprint(source, number, company="acme", title="data engineer billing", places=(("berlin", "", "de"),), posted=DAY)
    return dataclasses.replace(same, **more)  # type: ignore[arg-type]


def test_the_same_posting_on_another_board_joins_the_job() -> None:
    found = assign(at("b"), [("job1", at("a"))])
    assert (found.job, found.relation) == ("job1", "same")
    assert found.evidence


def test_a_posting_like_no_other_is_a_job_of_its_own() -> None:
    found = assign(at("b"), [("job1", at("a", title="cook"))])
    assert (found.job, found.relation, found.possibly) == (None, "different", ())


def test_a_likely_one_stays_apart_and_is_named() -> None:
    late = at("b", posted=DAY + timedelta(days=200))
    found = assign(late, [("job1", at("a"))])
    assert (found.job, found.relation, found.possibly) == (None, "likely", ("job1",))


def test_a_job_that_already_has_another_row_of_this_source_is_not_joined() -> None:
    found = assign(at("b", "2"), [("job1", at("a")), ("job1", at("b", "1"))])
    assert found.job is None


def test_a_native_id_outweighs_another_row_of_this_source() -> None:
    new = at("b", "2", ids=("lever::x",))
    found = assign(new, [("job1", at("a", ids=("lever::x",))), ("job1", at("b", "1"))])
    assert found.job == "job1"


def test_two_jobs_that_fit_equally_well_leave_it_open() -> None:
    found = assign(at("b"), [("job1", at("a", "1")), ("job2", at("a", "2"))])
    assert (found.job, found.relation, found.possibly) == (None, "likely", ("job1", "job2"))


def test_of_two_jobs_the_nearer_in_time_is_joined() -> None:
    found = assign(at("b"), [("job1", at("a", "1", posted=DAY - timedelta(days=6))), ("job2", at("a", "2"))])
    assert (found.job, found.possibly) == ("job2", ("job1",))


def test_the_user_parts_for_ever() -> None:
    candidates = [("job1", at("a")), ("job2", at("c", title="cook"))]
    assert assign(at("b"), candidates, forced_different={"job1"}).job is None
    assert assign(at("b"), candidates, forced_different={"job1"}).possibly == ()


def test_without_candidates_there_is_nothing_to_join() -> None:
    assert assign(at("b"), []).job is None


def test_blocks_are_few_and_shared_by_twins() -> None:
    one = at("a", ids=("lever::x",), address="https://a.example/1", group="g")
    assert len(blocks(one)) <= 10
    assert set(blocks(one)) & set(blocks(at("b")))
    assert not set(blocks(at("a", title="cook"))) & set(blocks(at("b", company="globex")))


def test_a_short_name_finds_the_long_one_by_its_initials() -> None:
    assert set(blocks(at("a", company="bank of montreal"))) & set(blocks(at("b", company="bom")))


def test_a_job_is_judged_by_the_posting_that_fits_best() -> None:
    late = at("c", posted=DAY - timedelta(days=200), title="data engineer billing 2026", places=())
    assert assign(at("b"), [("job1", late), ("job1", at("a"))]).job == "job1"
    assert assign(at("b"), [("job1", at("a")), ("job1", late)]).job == "job1"
