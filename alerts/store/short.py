"""The short ids of jobs that people type: ``7k3f`` for job 12345, and back."""

from __future__ import annotations

#: No vowels (no words come about), and none of the characters that are mistaken for each other (0 o, 1 l i).
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
_BASE = len(ALPHABET)
_PERIOD = _BASE**4
#: Prime to the period, so that neighbouring jobs get unlike ids.
_STEP = 192_547
_BACK = pow(_STEP, -1, _PERIOD)


def short(job: int) -> str:
    """Four characters for the first half million jobs, then more."""
    high, low = divmod(job, _PERIOD)
    number = high * _PERIOD + low * _STEP % _PERIOD
    digits = ""
    while number or len(digits) < 4:
        number, digit = divmod(number, _BASE)
        digits = ALPHABET[digit] + digits
    return digits


def number(short_id: str) -> int | None:
    """The job that a short id names; None when it is not one."""
    value = 0
    for character in short_id.strip().lower():
        digit = ALPHABET.find(character)
        if digit < 0:
            return None
        value = value * _BASE + digit
    high, low = divmod(value, _PERIOD)
    return high * _PERIOD + low * _BACK % _PERIOD if len(short_id.strip()) >= 4 else None
