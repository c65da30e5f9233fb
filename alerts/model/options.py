"""What the options of every kind share: strict pydantic models, secrets that never show."""

from __future__ import annotations

import os
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, SecretStr, StringConstraints, ValidationInfo

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
    #: Options that say how a source is understood, not which it is: it stays the same source when they change.
    ASIDE: ClassVar[frozenset[str]] = frozenset()


#: Two letters, as in ISO 3166.
Country = Annotated[str, StringConstraints(pattern=r"^\s*[A-Za-z]{2}\s*$", to_upper=True, strip_whitespace=True)]


class Located(Options):
    """Options of the kinds that may be anybody's: their places may leave out the country that readers know."""

    #: The country (two letters, "GB") in which a place lies whose name several countries have.
    country: Country | None = None

    ASIDE = frozenset({"country"})


def country_of(options: Options) -> str | None:
    """The default country of a source's places, where its kind knows one."""
    return options.country if isinstance(options, Located) else None
