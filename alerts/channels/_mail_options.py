"""The options of a mail channel, checked: a server, addresses, one way to log in, nothing secret in the clear."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from pydantic import BeforeValidator, Field, field_validator, model_validator

from alerts.channels import _mail
from alerts.model import options
from alerts.oauth.settings import Oauth

PORTS = {"smtp": 587, "smtps": 465}

Several = Annotated[tuple[str, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]


class Options(options.Options):
    """``[channels.NAME]`` with ``kind = "email"``."""

    #: smtp://user@host:587 or smtps://user@host:465
    server: str
    password: options.Secret | None = None
    #: A program that prints an access token, where the provider takes no passwords: ["oama", "access", "me@example.org"]
    token_command: tuple[str, ...] | None = Field(None, min_length=1)
    #: Log in at Microsoft or Google once, with job-alerts login: { provider = "microsoft", client_id = "…" }
    oauth: Oauth | None = None
    #: The sender: "Job alerts <alerts@example.org>".
    sender: str = Field(alias="from")
    to: Several = Field(min_length=1, max_length=100)
    reply_to: str | None = None
    #: A mailbox that takes "unsubscribe" mails; stands in List-Unsubscribe.
    unsubscribe: str | None = None
    #: STARTTLS: required | offered | never. Default: required with a password, else offered.
    tls: Literal["required", "offered", "never"] | None = None
    #: A PEM file of certificate authorities, for a server of one's own.
    ca_file: options.LocalPath | None = None
    #: Seconds for one attempt, all of its steps together.
    deadline: float = Field(60.0, gt=0, le=600)

    @field_validator("server")
    @classmethod
    def _server(cls, server: str) -> str:
        parts = urlsplit(server)
        if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or re.search(r"[\s\x00-\x1f]", server):
            raise ValueError("must be smtp://user@host:587 or smtps://user@host:465")
        if parts.password is not None:
            raise ValueError('must not hold the password; write password = { env = "SMTP_PASSWORD" } on a line of its own')
        if parts.port == 0:
            raise ValueError("must name a port between 1 and 65535")
        return server

    @field_validator("sender", "reply_to", "unsubscribe")
    @classmethod
    def _one(cls, said: str | None) -> str | None:
        if said is not None:
            _mail.address(said)
        return said

    @field_validator("to")
    @classmethod
    def _each(cls, said: tuple[str, ...]) -> tuple[str, ...]:
        for one in said:
            _mail.address(one)
        return said

    @model_validator(mode="after")
    def _never_in_the_clear(self) -> Options:
        ways = [name for name in ("password", "token_command", "oauth") if getattr(self, name) is not None]
        if len(ways) > 1:
            raise ValueError(f"{' and '.join(ways)} exclude each other; keep one")
        if ways and not self.server.startswith("smtps:") and self.tls not in {None, "required"}:
            raise ValueError(f'with a {ways[0]} tls must be "required": neither password nor token is sent in the clear')
        if ways and not self.user:
            raise ValueError(f"a {ways[0]} is set, but server names no user: write smtp://user@host:587")
        return self

    @property
    def user(self) -> str:
        """Who logs in; "" where nobody does."""
        return unquote(urlsplit(self.server).username or "")
