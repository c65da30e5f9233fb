"""What the options of every kind share: strict pydantic models, secrets that never show."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, SecretStr

#: A secret; the configuration has resolved ``{ env = }``, ``{ file = }`` and ``{ credential = }`` before it arrives here.
Secret = SecretStr


class Options(BaseModel):
    """Options of one source or channel. Unknown keys are errors; a value never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
