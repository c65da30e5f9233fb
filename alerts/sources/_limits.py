"""How much of a source too large to be read whole is read at a time."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

#: The most pages to read of one answer.
Count = Annotated[int, Field(ge=1, le=100)]
#: Only what was published within so many days.
Days = Annotated[int, Field(ge=1, le=365)]
