"""A token from the user's own program."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence

from alerts.oauth.problem import NoToken, harmless
from alerts.sandbox import own_program
from alerts.sandbox.own_program import CannotStart

_MOST = 16_384


def token(run: Sequence[str], deadline: float) -> str:
    """What the program prints; it and its children are ended when ``deadline`` seconds have passed. Raises NoToken."""
    # Into files, so that neither a talkative program nor a child that keeps a pipe open can hold us.
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said:
        try:
            program = own_program.start(run, stdin=subprocess.DEVNULL, stdout=printed, stderr=said)
        except CannotStart as why:
            raise NoToken(f"token_command: {run[0]} cannot be started: {why}", permanent=True) from None
        try:
            status = program.wait(deadline)
        except subprocess.TimeoutExpired:
            raise NoToken(f"token_command: {run[0]} did not end within {deadline:g} s and was stopped") from None
        finally:
            own_program.end(program)
        printed.seek(0)
        found = printed.read(_MOST).decode("utf-8", "replace").strip()
        said.seek(0)
        complaint = said.read(_MOST).decode("utf-8", "replace").strip()
    if status != 0:
        # Only its last line, and nothing of what it printed: that may be half a token.
        last = harmless(complaint.splitlines()[-1], found) if complaint else ""
        raise NoToken(f"token_command: {run[0]} ended with status {status}{f': {last}' if last else ''}", status=status)
    if not found or not found.isascii() or not found.isprintable() or " " in found:
        raise NoToken(f"token_command: {run[0]} must print the access token on one line and nothing else", permanent=True)
    return found
