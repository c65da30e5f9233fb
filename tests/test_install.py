"""A base install stays light: what ``pip install job-alerts`` brings is counted from the metadata of what is installed here."""

from __future__ import annotations

from importlib import metadata

import pytest
from packaging.requirements import Requirement

MOST_DISTRIBUTIONS = 44
MOST_MEGABYTES = 110


def closure(name: str, extras: tuple[str, ...] = ()) -> set[str]:
    """The distribution and all that it needs, without its extras."""
    found: set[str] = set()
    waiting = [(name, extras)]
    while waiting:
        name, extras = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for line in metadata.requires(name) or ():
            need = Requirement(line)
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                waiting.append((need.name.lower().replace("_", "-"), tuple(need.extras)))
    return found


@pytest.fixture(scope="module")
def base() -> set[str]:
    return closure("job-alerts")


def test_a_base_install_is_few_distributions(base: set[str]) -> None:
    assert len(base) <= MOST_DISTRIBUTIONS, sorted(base)


def test_a_base_install_is_small(base: set[str]) -> None:
    """Bytes of all files, compiled ones left out; an editable install counts its package folder."""
    sizes = {name: sum(_size(file) for file in metadata.files(name) or ()) for name in base - {"job-alerts"}}
    package = sum(path.stat().st_size for path in _package() if path.suffix != ".pyc" and path.is_file())
    total = (sum(sizes.values()) + package) / 2**20
    assert total <= MOST_MEGABYTES, sorted(((round(size / 2**20, 1), name) for name, size in sizes.items()), reverse=True)[:8]


def _size(file: metadata.PackagePath) -> int:
    path = file.locate()
    return path.stat().st_size if file.suffix != ".pyc" and path.is_file() else 0  # type: ignore[attr-defined]


def _package() -> list:
    from pathlib import Path

    import alerts

    return list(Path(alerts.__file__).parent.rglob("*"))
