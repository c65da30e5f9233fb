"""What stays is not looked through for garbage; what was replaced is still given back."""

from __future__ import annotations

import gc
import weakref

import pytest

from alerts.daemon import garbage


class Ring:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def _thawed():
    yield
    gc.unfreeze()


def test_nothing_is_collected_while_much_is_built():
    with garbage.building():
        assert not gc.isenabled()
        with garbage.building():
            pass
        assert not gc.isenabled(), "one inside another"
    assert gc.isenabled()


def test_collecting_goes_on_after_an_error():
    def fail() -> None:
        with garbage.building():
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert gc.isenabled()


def test_what_stays_is_looked_through_no_more_and_what_was_replaced_is_given_back():
    before = gc.get_freeze_count()
    ring = Ring()
    gone = weakref.ref(ring)
    garbage.settle()
    assert gc.get_freeze_count() > before
    del ring
    gc.collect()
    assert gone() is not None, "it was said to stay"
    garbage.settle()
    assert gone() is None, "as after a reload"


def test_what_a_start_imports_stays_but_only_the_first_time():
    gc.unfreeze()
    with garbage.starting():
        assert not gc.isenabled()
    first = gc.get_freeze_count()
    assert first
    assert gc.isenabled()
    ring = weakref.ref(Ring())
    with garbage.starting():
        pass
    gc.collect()
    assert ring() is None, "garbage of a second command in one process is collected"
