"""An installed package of a third party whose kinds of sources misbehave in the daemon's own process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def installed(folder: Path, kinds: Mapping[str, str]) -> Path:
    """Write a distribution into ``folder``, for PYTHONPATH: kind → what its ``first`` does."""
    source = (Path(__file__).parent / "kind.txt").read_text("utf-8")
    for name, body in kinds.items():
        (folder / f"bad_{name}.py").write_text(source.replace("BODY", body), "utf-8")
    about = folder / "bad_kinds-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: bad-kinds\nVersion: 1.0\n", "utf-8")
    names = "".join(f"{name} = bad_{name}\n" for name in kinds)
    (about / "entry_points.txt").write_text(f"[job_alerts.sources]\n{names}", "utf-8")
    return folder
