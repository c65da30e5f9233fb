"""Standard input, output and error as they are found: closed, full, or of another character set; none of it may cost work."""

from __future__ import annotations

import io
import os
import sys


def open_all() -> None:
    """Give a program that was started without descriptors its three, so that no socket or database takes their numbers."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number is taken: this one, since those below it are open.
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115


def speak_any() -> None:
    """Print what the terminal's character set lacks as an escape instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def give_up_output() -> None:
    """Nobody takes what is printed: let nothing fail on it again, not even the flush at the exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
