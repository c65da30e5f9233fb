"""For all tests: the engines below the store; and laws are tested on the same examples every time.

HYPOTHESIS_PROFILE=explore looks for new ones. ``-m postgres`` runs the contract of the store on a PostgreSQL of the tests' own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from alerts.model.server import Database

settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def postgres():
    """A server for the whole session."""
    from tests.postgres import MISSING, Postgres, programs

    found = programs()
    if found is None or find_spec("psycopg") is None:
        pytest.skip(MISSING)
    server = Postgres(found)
    yield server
    server.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request, tmp_path: Path) -> Iterator[Database]:
    """Where a store may be made: once a file, once an empty schema on a server."""
    if request.param == "sqlite":
        yield tmp_path / "a.db"
        return
    server = request.getfixturevalue("postgres")
    place = server.used(tmp_path)
    yield place
    server.empty(place)
