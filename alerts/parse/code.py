"""Which code reads pages, as a short name: what was read by another may be read differently now."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

#: Whatever is between the bytes of a page and a raw posting, but for the file of the kind.
_PACKAGES = ("alerts.parse", "alerts.model")


@cache
def reading_code(kind: str) -> str:
    """A hash of the files that read pages of this kind: ``alerts.sources.rss``."""
    package, _, name = kind.rpartition(".")
    sources = [file for each in _PACKAGES for file in files(each).iterdir() if file.name.endswith((".py", ".toml", ".tsv"))]
    sources.append(files(package) / f"{name}.py")
    hashes = sorted(hashlib.sha256(file.read_bytes()).digest() for file in sources)
    return hashlib.sha256(b"".join(hashes)).hexdigest()[:16]
