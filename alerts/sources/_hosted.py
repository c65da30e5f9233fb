"""Options of systems that give each customer a host of its own (acme.recruitee.com, or the customer's own domain)."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from alerts.model.options import Options
from alerts.sources._keys import BaseUrl, Token


class Hosted(Options):
    """``site`` is the name before the system's domain; ``base_url`` is said instead for boards on a domain of their own."""

    site: Token | None = None
    base_url: BaseUrl | None = None
    #: The employer's name, where the system does not tell it.
    company: str | None = None

    domain: ClassVar[str] = ""

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if self.site is None and self.base_url is None:
            raise ValueError(f'say site = "…" (the name before .{self.domain}) or base_url = "https://…" (a domain of its own)')
        return self

    @property
    def root(self) -> str:
        """Where the board answers; no slash at the end."""
        return self.base_url or f"https://{self.site}.{self.domain}"

    @property
    def employer(self) -> str | None:
        """The name to use where the system tells none: the one that was given, else the board's own."""
        return self.company or self.site
