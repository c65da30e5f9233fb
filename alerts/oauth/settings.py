"""What is said of a login: the provider, the user's own client id, where the tokens are kept."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from alerts.model import options


def _safe(url: str) -> str:
    try:
        parts = urlsplit(url)
        here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    except ValueError:
        raise ValueError("is no address") from None
    if not parts.hostname or parts.scheme not in {"https", "http"} or (parts.scheme == "http" and not here):
        raise ValueError("must begin with https://: tokens are never sent in the clear")
    return url


Endpoint = Annotated[str, AfterValidator(_safe)]


class Oauth(options.Options):
    """``oauth = { provider = …, client_id = … }``."""

    #: Whose account it is: "microsoft" or "google".
    provider: Literal["microsoft", "google"]
    #: The id of the app that you registered there.
    client_id: str = Field(min_length=1)
    #: Its secret, where the provider gave one (Google does).
    client_secret: options.Secret | None = None
    #: Microsoft: common, consumers, organizations, or the name of your organisation.
    tenant: str = Field("common", pattern=r"^[A-Za-z0-9.-]+$")
    #: What is asked for, if not what mail needs.
    scope: str | None = None
    #: The folder of the kept logins, beside the configuration; its files are for their owner alone.
    kept_in: options.LocalPath = Field("logins", validate_default=True)
    #: Where a device's code is asked for, if not at the usual address.
    device_url: Endpoint | None = None
    #: Where a browser logs in, if not at the usual address.
    authorize_url: Endpoint | None = None
    #: Where tokens are handed out, if not at the usual address.
    token_url: Endpoint | None = None

    def at(self, name: str) -> str:
        """What holds for ``name`` (token_url, scope, redirect …): the option, else what is usual at this provider."""
        own = getattr(self, name) if name in type(self).model_fields else None
        return str(own or providers()[self.provider][name].replace("{tenant}", self.tenant))

    @property
    def title(self) -> str:
        """The provider's name for people."""
        return self.at("title")

    def client(self) -> dict[str, str]:
        """Who asks, as the fields of a form."""
        secret = self.client_secret.get_secret_value() if self.client_secret else ""
        return {"client_id": self.client_id} | ({"client_secret": secret} if secret else {})


@cache
def providers() -> dict[str, Any]:
    """providers.toml."""
    return tomllib.loads(resources.files("alerts.oauth").joinpath("providers.toml").read_text("utf-8"))
