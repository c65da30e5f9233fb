"""``{ env = }``, ``{ file = }`` and ``{ credential = }`` → the secret itself, which from then on never shows."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

from pydantic import SecretStr

_WAYS = ("env", "file", "credential")
_MOST = 64 * 1024
#: Stands where a secret cannot be read, in what does not need it; it has the form of an address, as hooks are.
PLACEHOLDER = SecretStr("https://secret.invalid/not-read")


def is_reference(value: object) -> bool:
    """Is this table one of the three ways to name a secret?"""
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in _WAYS


def resolve(reference: Mapping[str, object], folder: Path, env: Mapping[str, str]) -> SecretStr:
    """The secret that ``reference`` names; files are relative to ``folder``. Raises ValueError saying what to do."""
    way, name = next(iter(reference.items()))
    if not isinstance(name, str) or not name:
        raise ValueError(f'{{ {way} = … }} needs a name in quotes, for example {{ {way} = "smtp-password" }}')
    if way == "env":
        value = env.get(name)
        if value is None:
            raise ValueError(f"the environment variable {name} is not set")
    elif way == "file":
        value = _content((folder / Path(name).expanduser()).resolve())
    else:
        value = _credential(name, env)
    if not value.strip():
        raise ValueError(f'the secret of {{ {way} = "{name}" }} is empty')
    return SecretStr(value.strip("\r\n"))


def of_the_service(reference: Mapping[str, object], env: Mapping[str, str]) -> bool:
    """Is it a credential that systemd hands to the service alone, asked for from elsewhere?"""
    return "credential" in reference and not env.get("CREDENTIALS_DIRECTORY")


def remark(reference: Mapping[str, object], folder: Path) -> str | None:
    """A warning when a secret file can be read by others."""
    name = reference.get("file")
    path = (folder / Path(name).expanduser()).resolve() if isinstance(name, str) else None
    if path is not None and path.is_file() and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        return f"{path} can be read by others; make it private with: chmod 600 {path}"
    return None


def _credential(name: str, env: Mapping[str, str]) -> str:
    folder = env.get("CREDENTIALS_DIRECTORY")
    if not folder:
        raise ValueError(
            f'no credential "{name}": $CREDENTIALS_DIRECTORY is not set; systemd sets it for LoadCredential={name}:/path'
        )
    if "/" in name or name in (".", ".."):
        raise ValueError(f'"{name}" is not the name of a credential')
    return _content(Path(folder) / name)


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST).decode("utf-8")
    except OSError as error:
        raise ValueError(f"the secret file {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"the secret file {path} is not text") from None
