"""What the kinds that read any address share: the address, and how its server wants to be asked."""

from __future__ import annotations

import base64
import re
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator

from alerts.model.options import Located, Secret
from alerts.model.page import Request
from alerts.sources._keys import Address

_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")
_PORTS = {"http": 80, "https": 443}


def _plain(value: str | SecretStr) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def _named(headers: dict[str, str | SecretStr]) -> dict[str, str | SecretStr]:
    for name, value in headers.items():
        said = _plain(value)
        if not _NAME.fullmatch(name) or not said.isascii() or not said.isprintable():
            raise ValueError(f"{name[:40]!r} is not a header that can be sent; write for example {{ X-Api-Key = {{ env = … }} }}")
    return headers


def _agent(said: str) -> str:
    if not said.isascii() or not said.isprintable() or not said.strip() or len(said) > 300:
        raise ValueError("must be one line of plain characters")
    return said.strip()


class AnyAddress(Located):
    """``url``, and what is sent to its own site with every request; never to another, nor behind a redirect to another."""

    url: Address
    #: Headers of every request; each value may be a secret: ``{ X-Api-Key = { env = "KEY" } }``.
    headers: Annotated[dict[str, str | SecretStr], AfterValidator(_named)] = Field(default_factory=dict, repr=False)
    #: The user of a login (HTTP Basic), together with ``password``.
    user: str | None = None
    #: The password of ``user``.
    password: Secret | None = None
    #: Who asks, where a site takes only what it knows; default: job-alerts and ``settings.contact``.
    user_agent: Annotated[str, AfterValidator(_agent)] | None = None

    ASIDE = Located.ASIDE | {"user", "user_agent"}

    @model_validator(mode="after")
    def _whole_login(self) -> Self:
        if (self.user is None) != (self.password is None):
            raise ValueError("user and password go together; one of them is missing")
        if self.user is not None and (":" in self.user or any(name.lower() == "authorization" for name in self.headers)):
            raise ValueError("user must not contain a colon, nor stand beside a header Authorization")
        return self


def request(url: str, options: AnyAddress, **more: Any) -> Request:
    """A request for ``url``, with what the options want sent where it is of the same site as their address."""
    if not _same_site(options.url, url):
        return Request(url, **more)
    headers = {} if options.user_agent is None else {"User-Agent": options.user_agent}
    secret = {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value for name, value in options.headers.items()
    }
    if options.user is not None and options.password is not None:
        login = f"{options.user}:{options.password.get_secret_value()}".encode()
        secret["Authorization"] = f"Basic {base64.b64encode(login).decode()}"
    return Request(url, headers=headers, secret_headers=secret, **more)


def _same_site(own: str, other: str) -> bool:
    """The same server, or the same one reached over TLS."""
    try:
        first, second = urlsplit(own), urlsplit(other)
        ports = [each.port or _PORTS.get(each.scheme, 0) for each in (first, second)]
    except ValueError:
        return False
    upgraded = (first.scheme, second.scheme, *ports) == ("http", "https", 80, 443)
    return first.hostname == second.hostname and ((first.scheme, ports[0]) == (second.scheme, ports[1]) or upgraded)
