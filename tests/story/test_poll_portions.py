"""A poll writes in short transactions, and whatever another one writes in between is seen: no job is told twice for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from alerts.model.posting import Place, Posting
from alerts.poll.join import Joiner, Printed
from alerts.poll.portions import in_portions
from tests.story.test_poll import BOARD, OUT, SEARCH, board, job

TEXT = "You build the tools with which our growers plan their year, in Elixir and a little Rust, with a team of nine. " * 4
POSTING = Posting(
    "here", "1", "https://acme.example/jobs/1", "Platform Engineer", "Acme", places=(Place("", "Kiel", None, "DE"),), text=TEXT
)


@pytest.fixture
def store(stage):
    board(stage, job(1, "Old Engineer"))
    return stage.configure(BOARD + SEARCH + OUT.format(folder=stage.folder)).store


@contextmanager
def counted(store) -> Iterator[list[int]]:
    """The transactions that were made until the block ends."""
    made: list[int] = []
    store.ledger.at_the_end(lambda: made.append(1), lambda: None)
    yield (before_the_end := [])
    before_the_end += made


def test_a_portion_ends_when_its_time_is_over(store):
    """Red before: two hundred postings, however long they took, were one transaction."""
    with counted(store) as begun:
        assert in_portions(store, [1, 2, 3], lambda one: one * 2, seconds=0) == [2, 4, 6]
    assert len(begun) == 3
    with counted(store) as begun:
        assert in_portions(store, [1, 2, 3], lambda one: one * 2, seconds=60) == [2, 4, 6]
    assert len(begun) == 1
    with counted(store) as begun:
        assert in_portions(store, [], lambda one: one) == []
    assert begun == []


def test_what_was_begun_for_one_item_is_written_whole_or_not_at_all(store, stage):
    def work(number: int) -> None:
        store.keep_fact(f"n{number}", "half", stage.now)
        if number == 2:
            raise ZeroDivisionError
        store.keep_fact(f"n{number}", "whole", stage.now)

    with pytest.raises(ZeroDivisionError):
        in_portions(store, [1, 2, 3], work, seconds=0)
    assert [store.fact(f"n{number}") and store.fact(f"n{number}")[0] for number in (1, 2, 3)] == ["whole", None, None]


@pytest.mark.parametrize("meanwhile", ["added", "replaced"])
def test_a_job_that_another_poll_writes_between_two_portions_is_found(store, stage, meanwhile):
    """Candidates are read ahead; two boards may bring one job at the same moment."""
    ours = Printed.of(POSTING, stage.now)
    theirs = replace(
        POSTING, source=stage.means.plan.sources[0].key, source_id="77", url="https://acme.example/jobs/1?from=there"
    )
    brief = replace(theirs, title="(to come)", text="", places=(), url="https://acme.example/other")
    joiner = Joiner(store.postings)
    with store.transaction():
        of = store.postings.new_job(stage.now, baseline=False)
        if meanwhile == "replaced":
            number = write(store, brief, of, stage.now)
    joiner.look_up([ours])
    with store.transaction():
        if meanwhile == "replaced":
            found = Printed.of(theirs, stage.now)
            store.postings.replace(number, theirs, found.print, found.stored_keys, "", pending=None)
        else:
            write(store, theirs, of, stage.now)
    with store.transaction():
        joiner.begin()
        assert joiner.assign(ours).job == str(of)
        joiner.end()


def test_what_another_poll_adds_is_known_without_reading_all_candidates_again(store, stage):
    """Red before: beside other polls every posting had its candidates read anew, in a transaction of its own."""
    source = stage.means.plan.sources[0].key
    others = [replace(POSTING, source=source, source_id=f"o{n}", url=f"https://acme.example/jobs/{n}") for n in (1, 2)]
    joiner, read = Joiner(store.postings), []
    joiner.look_up([Printed.of(POSTING, stage.now)])
    usual = store.postings.candidates
    store.postings.candidates = lambda *given: read.append(given) or usual(*given)
    with store.transaction():
        of = [store.postings.new_job(stage.now, baseline=False) for _ in others]
        for other, job_ in zip(others, of, strict=True):
            write(store, other, job_, stage.now)
    with store.transaction():
        joiner.begin()
        assert joiner.assign(Printed.of(POSTING, stage.now)).job == str(of[0]), "the one of the same address"
        joiner.end()
    assert read == []


def test_what_came_to_nothing_is_forgotten(store, stage):
    """The transaction in which another poll added a rival was rolled back."""
    joiner = Joiner(store.postings)
    joiner.look_up([Printed.of(POSTING, stage.now)])
    theirs = replace(POSTING, source=stage.means.plan.sources[0].key, source_id="77")

    def cut_off() -> None:
        with store.transaction():
            write(store, theirs, store.postings.new_job(stage.now, baseline=False), stage.now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cut_off()
    with store.transaction():
        joiner.begin()
        assert joiner.assign(Printed.of(POSTING, stage.now)).job is None
        joiner.end()


def write(store, posting: Posting, of: int, now) -> int:
    found = Printed.of(posting, now)
    return store.postings.add(posting, found.print, found.stored_keys, "", now, job=of)


def test_nothing_is_read_again_where_nobody_else_wrote(store, stage):
    key = stage.means.plan.sources[0].key
    postings = [replace(POSTING, source=key, source_id=f"p{n}", url=f"https://acme.example/jobs/{n}") for n in range(5)]
    prints = [Printed.of(posting, stage.now) for posting in postings]
    joiner, read = Joiner(store.postings), []
    usual = store.postings.candidates
    store.postings.candidates = lambda *given: read.append(given) or usual(*given)
    joiner.look_up(prints)
    for posting, one in zip(postings, prints, strict=True):
        with store.transaction():
            joiner.begin()
            joiner.assign(one)
            of = store.postings.new_job(stage.now, baseline=False)
            write(store, posting, of, stage.now)
            joiner.remember(one, of)
            joiner.end()
    assert len(read) == 1
