"""A program of one's own: it is given the message as JSON on its standard input (docs/webhook.md describes it).

No shell is involved: ``run`` is the program and its arguments, as a list. Exit status 0 is success, 75 (and every status that
is not known better) means try later; data/answers.toml has them all. The program sees PATH, HOME and the like,
``JOB_ALERTS_ID`` (the same at every attempt), ``JOB_ALERTS_SUBJECT``, and what ``env`` adds: none of the daemon's own
environment, where secrets may be.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from alerts.channels import _answers, _probe
from alerts.model import options
from alerts.model.message import Limits, Message, Outcome
from alerts.sandbox import own_program
from alerts.sandbox.own_program import CannotStart

if TYPE_CHECKING:
    from alerts.fetch.client import Client

FORM = "webhook"
LIMITS = Limits(items=200, size=1_000_000)
_SAID = 2_000


class Options(options.Options):
    """``[channels.NAME]`` with ``kind = "command"``."""

    #: The program and its arguments: ["/usr/local/bin/tell", "--loud"]
    run: tuple[str, ...] = Field(min_length=1)
    #: Further environment variables.
    env: Mapping[str, options.Secret] = Field(default_factory=dict)
    #: Where it runs; default: where the daemon runs.
    folder: options.LocalPath | None = None
    #: Seconds until it is ended.
    deadline: float = Field(60.0, gt=0, le=3600)

    @field_validator("run")
    @classmethod
    def _arguments(cls, run: tuple[str, ...]) -> tuple[str, ...]:
        if not run[0].strip() or any("\x00" in part for part in run):
            raise ValueError('must be a program and its arguments: ["/usr/local/bin/tell", "--loud"]')
        return run


def send(message: Message, options: Options, client: Client | None = None) -> Outcome:
    """Run the program once; it and its children are ended when the deadline passes."""
    env = {"JOB_ALERTS_ID": _plain(message.id), "JOB_ALERTS_SUBJECT": _plain(message.subject)}
    env |= {name: value.get_secret_value() for name, value in options.env.items()}
    # What it says goes to a file, so that neither a talkative program nor a child that keeps a pipe open can hold us.
    with tempfile.TemporaryFile() as said:
        try:
            program = own_program.start(
                options.run, stdin=subprocess.PIPE, stdout=said, stderr=subprocess.STDOUT, env=env, folder=options.folder
            )
        except CannotStart as why:
            return Outcome("refused", f"{options.run[0]} cannot be started: {why}; check run and folder", destination=True)
        try:
            program.communicate(message.text.encode("utf-8", "replace"), timeout=options.deadline)
        except subprocess.TimeoutExpired:
            return Outcome("later", f"{options.run[0]} did not end within {options.deadline:g} s and was stopped", ambiguous=True)
        finally:
            _end(program)
        return _judged(program.returncode, options.run[0], _tail(said))


def probe(options: Options, client: Client | None = None) -> _probe.Probe:
    """Could it be reached? Nothing is sent."""
    return _probe.program(options.run[0])


def _judged(status: int, name: str, said: str) -> Outcome:
    if status < 0:
        return _answers.outcome("later", f"{name} was ended by {_signal(-status)}")
    ruling = _answers.rule("exit", status)
    return _answers.outcome(ruling, f"{name} ended with status {status}" + (f": {said}" if said and ruling != "sent" else ""))


def _end(program: subprocess.Popen[bytes]) -> None:
    own_program.end(program)
    if program.stdin:
        with contextlib.suppress(OSError):
            program.stdin.close()


def _tail(said: object) -> str:
    size = said.seek(0, os.SEEK_END)  # type: ignore[attr-defined]
    said.seek(max(size - _SAID, 0))  # type: ignore[attr-defined]
    lines = said.read(_SAID).decode("utf-8", "replace").strip().splitlines()  # type: ignore[attr-defined]
    return _answers.said_line(lines[-1] if lines else "", 200)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _plain(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
