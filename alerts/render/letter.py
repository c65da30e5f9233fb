"""A draft of an application: the user's template filled with facts of the posting and of the user's own profile.

Nothing is invented: a placeholder for which there is no fact stays visible as ``[missing: name]`` and is listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alerts.model.errors import RenderError
from alerts.model.posting import Posting
from alerts.render import wording
from alerts.render.clean import block, line


@dataclass(frozen=True, slots=True)
class Letter:
    """The text, and the placeholders for which there was no fact."""

    text: str
    missing: tuple[str, ...]


def letter(template: str, posting: Posting, profile: Mapping[str, Any], now: datetime) -> Letter:
    """Fill ``template`` (``{{ job.title }}``, ``{{ me.name }}``, ``{{ date }}``); raises RenderError when it is broken."""
    from jinja2 import ChainableUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    missing: list[str] = []

    class Missing(ChainableUndefined):
        def __str__(self) -> str:
            name = str(self._undefined_name)
            missing.append(name)
            return f"[missing: {name}]"

    environment = ImmutableSandboxedEnvironment(undefined=Missing, autoescape=False, keep_trailing_newline=True)
    try:
        text = environment.from_string(template).render(job=_facts(posting), me=dict(profile), date=f"{now:%d %B %Y}".lstrip("0"))
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise RenderError(f"the letter template cannot be filled: {line(str(error), 200)}") from None
    return Letter(block(text, 200_000), tuple(dict.fromkeys(missing)))


def _facts(posting: Posting) -> dict[str, str]:
    """What the posting says, in words; what it does not say is not there."""
    facts = {
        "title": posting.title,
        "company": posting.company or "",
        "place": wording.where(posting),
        "pay": wording.pay(posting.pay) if posting.pay else "",
        "level": posting.level or "",
        "url": posting.apply_url or posting.url,
        "source": posting.source,
        "requisition": posting.requisition or "",
    }
    return {name: line(value, 500) for name, value in facts.items() if value}
