"""What is good and what is not, each with its advice: what ``job-alerts doctor`` prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["good", "note", "wrong", "not tried"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    #: configuration | secrets | database | permissions | disk | files | network | dns | tls | clock | channel | source | service
    area: str
    #: Which one, where there are several.
    name: str
    state: State
    said: str
    #: What to do; "" where nothing has to be done.
    advice: str = ""
