"""The stage of the story tests, for drills that need no process of their own; and a wall clock that can be moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drills.preloads import NoPreload, build
from tests.story.conftest import stage

__all__ = ["preload", "stage"]


@pytest.fixture
def preload(tmp_path: Path) -> Path:
    """The library that moves the clock of a program."""
    try:
        return build("moved_clock", tmp_path)
    except NoPreload as why:
        pytest.skip(str(why))
