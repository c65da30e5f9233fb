"""The user's letter template and facts, read from their files."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from alerts.model.errors import UsageError


def template_of(path: Path | None) -> str:
    """The text of a template; raises UsageError saying what to do."""
    if path is None:
        raise UsageError('no template: name one with --template, or set settings.letter = "letter.md"')
    try:
        return path.expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the letter template {path} cannot be read: {_why(error)}") from None


def profile_of(path: Path | None) -> dict[str, Any]:
    """The facts of the profile; none where there is no profile. Raises UsageError when it is broken."""
    if path is None:
        return {}
    try:
        return tomllib.loads(path.expanduser().read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"the profile {path} cannot be read: {_why(error)}") from None


def _why(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
