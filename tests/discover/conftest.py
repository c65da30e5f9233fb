"""One reading child for all tests of the folder (it takes a while to start)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from alerts.sandbox.reader import Reader


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with Reader() as one:
        yield one
