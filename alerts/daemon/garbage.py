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


def settle() -> None:
    """What is there now, but for garbage, stays: it is looked through no more. Call it anew when much of it was replaced."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
