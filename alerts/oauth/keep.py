"""The tokens of a login, in a file that only its owner reads."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
from dataclasses import asdict
from pathlib import Path

from alerts.oauth.problem import NoToken
from alerts.oauth.settings import Oauth
from alerts.oauth.tokens import Tokens


def place(settings: Oauth, user: str) -> Path:
    """The file of this account; one login serves every channel of it."""
    plain = re.sub(r"[^A-Za-z0-9@._-]+", "-", user).strip(".-")[:100]
    if plain != user:
        plain += f"-{hashlib.sha256(user.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return Path(settings.kept_in) / f"{settings.provider}-{plain}.json"


def load(path: Path) -> Tokens | None:
    """What is kept; None where nobody has logged in. Raises NoToken where it cannot be read."""
    try:
        fields = json.loads(path.read_text("utf-8"))
        return Tokens(str(fields["access"]), float(fields["expires"]), str(fields["refresh"]))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NoToken(f"the kept login {path} cannot be read: {error.strerror}", permanent=True) from None
    except (ValueError, KeyError, TypeError):
        raise NoToken(f"the kept login {path} is damaged; log in again", permanent=True, login=True) from None


def store(path: Path, tokens: Tokens) -> None:
    """Keep them; killed at any instant, the old file or the new one is there, whole. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes it for its owner alone.
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".login-")
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump(asdict(tokens), file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
