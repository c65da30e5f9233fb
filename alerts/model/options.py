"""What the options of every kind share: strict pydantic models, secrets that never show."""

from __future__ import annotations

import os
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, SecretStr, ValidationInfo

#: A secret; the configuration has resolved ``{ env = }``, ``{ file = }`` and ``{ credential = }`` before it arrives here.
Secret = SecretStr


def _beside(path: str, info: ValidationInfo) -> str:
    """The path as seen from the folder of the configuration (``folder`` of the context), where one is said."""
    folder = (info.context or {}).get("folder")
    if not folder or not path.strip() or "\x00" in path:
        return path
    return str(folder / os.path.expanduser(path))  # noqa: PTH111 - leaves a ~user that is unknown as it is


#: A file or folder on this machine; a relative one stands beside the configuration, wherever the program was started.
LocalPath = Annotated[str, AfterValidator(_beside)]


class Options(BaseModel):
    """Options of one source or channel. Unknown keys are errors; a value never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
