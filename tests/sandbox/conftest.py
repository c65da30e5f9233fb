"""The misbehaving kinds of ``tiny_kinds.py``, for every test of the reading processes."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module", autouse=True)
def kinds() -> Iterator[ModuleType]:
    """The misbehaving kinds, importable here and in the child."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent))
        yield importlib.import_module("tiny_kinds")
