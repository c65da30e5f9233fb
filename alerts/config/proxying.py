"""Which proxies are used: what the file says, else what the environment says, as every other program reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pydantic import SecretStr

from alerts.fetch.proxies import SCHEMES, Proxies
from alerts.model.plan import Network

#: Said in ``[network] proxy``: no proxy, whatever the environment says.
_NONE = "none"


def with_proxies(network: Network, said: SecretStr | None, without: Sequence[str], env: Mapping[str, str]) -> Network:
    """``network`` with the proxies to use; raises ValueError saying which setting is wrong, and never what it holds."""
    if said is not None:
        value = said.get_secret_value().strip()
        proxies = {} if value.lower() == _NONE else dict.fromkeys(SCHEMES, value)
        names = dict.fromkeys(SCHEMES, "proxy")
    else:
        found = {scheme: _of(env, f"{scheme}_proxy") for scheme in SCHEMES}
        proxies = {scheme: value for scheme, (_, value) in found.items() if value}
        names = {scheme: f"the environment variable {name}" for scheme, (name, _) in found.items()}
    for scheme, value in proxies.items():
        try:
            Proxies({scheme: value})
        except ValueError as error:
            raise ValueError(f"{names[scheme]} {error}") from None
    secret = {scheme: SecretStr(value) for scheme, value in proxies.items()}
    return replace(network, proxies=secret, no_proxy=(*without, *_of(env, "no_proxy")[1].split(",")))


def _of(env: Mapping[str, str], name: str) -> tuple[str, str]:
    """The variable's name as it is set, and its value; lower case goes before."""
    for written in (name, name.upper()):
        if written in env:
            return written, env[written].strip()
    return name, ""
