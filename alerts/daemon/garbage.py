"""Searches by the thousand are no garbage: the collector passes over what stays: it would take long."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def building() -> Iterator[None]:
    """While much is built that stays nothing is collected: the collector would look through all of it, again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def starting() -> Iterator[None]:
    """As ``building``, for what a command imports, a fifth of whose time it would take to look through again and again."""
    with building():
        yield
        # Once a process: whoever runs many commands in one would keep their garbage for good.
        if not gc.get_freeze_count():
            gc.freeze()


def settle() -> None:
    """What is there now, but for garbage, stays: it is looked through no more. Call it anew when much of it was replaced."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
