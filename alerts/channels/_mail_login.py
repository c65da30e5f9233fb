"""How a mail server is reached and logged in to, and what helps where it refuses the login."""

from __future__ import annotations

import re
import socket
import time
import tomllib
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from alerts.channels import _answers, _mail, _smtp
from alerts.channels._mail_options import PORTS, Options
from alerts.fetch import certificates
from alerts.fetch.client import Client
from alerts.model.message import Outcome
from alerts.oauth import access, command, keep
from alerts.oauth.problem import NoToken

LOG_IN = "log in with: job-alerts login CHANNEL"


def where(options: Options, client: Client | None, *, not_this: str = "") -> _smtp.Server:
    """The server with what is needed to log in. ``not_this``: a token that it has just refused. Raises NoToken."""
    return _server(options, client, token=_token(options, client, not_this))


def without_login(options: Options, client: Client | None) -> _smtp.Server:
    """The server, for who only looks whether it is there."""
    return _server(options.model_copy(update={"password": None}), client, token=None)


def _server(options: Options, client: Client | None, *, token: str | None) -> _smtp.Server:
    parts = urlsplit(options.server)
    password = options.password.get_secret_value() if options.password else None
    secret = password or options.token_command or options.oauth
    return _smtp.Server(
        parts.hostname or "",
        parts.port or PORTS[parts.scheme],
        implicit=parts.scheme == "smtps",
        tls=options.tls or ("required" if secret else "offered"),
        user=options.user or None,
        password=password,
        token=token,
        trust=certificates.trust(options.ca_file) if options.ca_file or client is None else client.trust(),
        name=_own_name(_mail.address(options.sender).domain),
    )


def _token(options: Options, client: Client | None, not_this: str) -> str | None:
    if options.token_command:
        return command.token(options.token_command, options.deadline)
    if options.oauth is None:
        return None
    if client is not None:
        return access.token(options.oauth, options.user, client, time.time(), not_this=not_this)
    with Client() as own:
        return access.token(options.oauth, options.user, own, time.time(), not_this=not_this)


def no_login(options: Options) -> str | None:
    """What is missing where nobody has logged in yet."""
    try:
        if options.oauth is None or keep.load(keep.place(options.oauth, options.user)):
            return None
    except NoToken as problem:
        return str(problem)
    return f"nobody has logged in at {options.oauth.title} as {options.user} yet; {LOG_IN}"


def without(problem: NoToken) -> Outcome:
    """What becomes of a mail for which no token could be had."""
    why = f"{problem}; {LOG_IN}" if problem.login else str(problem)
    if problem.status is not None:
        return _answers.outcome(_answers.rule("exit", problem.status), why)
    return _answers.outcome("destination" if problem.permanent else "later", why)


def hidden(why: str, server: _smtp.Server) -> str:
    """``why`` without what was said to log in: a server may repeat it."""
    for secret in filter(None, (server.password, server.token)):
        why = why.replace(secret, "…")
    return why


def advice(said: str, server: _smtp.Server) -> str:
    """What helps against a refused login, by what the server said and whose it is; "" where nothing is known."""
    way = "token" if server.token else "password"
    for row in _rows():
        if row.get("with", way) == way and _fits(row, "says", said) and _fits(row, "host", server.host):
            return str(row["do"])
    return ""


def never_taken(options: Options) -> str | None:
    """Why a password will be refused, where that is known of a provider before it is tried."""
    host = urlsplit(options.server).hostname or ""
    known = [row for row in _rows() if row.get("always") and _fits(row, "host", host)]
    return str(known[0]["do"]) if known and options.password is not None else None


def _fits(row: dict[str, Any], key: str, text: str) -> bool:
    return key not in row or re.search(row[key], text, re.IGNORECASE) is not None


@cache
def _rows() -> list[dict[str, Any]]:
    text = resources.files("alerts.channels").joinpath("data/mail_login.toml").read_text("utf-8")
    return list(tomllib.loads(text)["row"])


def _own_name(domain: str) -> str:
    """A greeting that a server can check; a bare host name is refused by many."""
    name = socket.gethostname()
    return name if re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", name) else domain
