"""Types of option keys that kinds share: a board's name, an address."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from alerts.parse import addresses


def _token(value: str) -> str:
    if addresses.token(value) is None:
        raise ValueError("must be the board's name as in its address: letters, digits, '-', '_', '.'")
    return value


def _address(value: str) -> str:
    if addresses.link(value) is None:
        raise ValueError("must be a full http:// or https:// address")
    return value


#: The name of a board as it stands in its address ("acme" of boards.greenhouse.io/acme).
Token = Annotated[str, AfterValidator(_token)]
#: A full http(s) address.
Address = Annotated[str, AfterValidator(_address)]
#: Where a system answers; no slash at the end.
BaseUrl = Annotated[str, AfterValidator(_address), AfterValidator(lambda value: value.rstrip("/"))]
