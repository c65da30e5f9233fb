"""The built-in templates and the user's own, in a sandbox; a failing one gives way to the built-in, with a notice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from alerts.model.errors import RenderError
from alerts.render.clean import line
from alerts.render.tongue import count, say

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

#: The longest text that a user's template may make.
_LONGEST = 1_000_000


def fill(name: str, built_in: str, own: Mapping[str, str], context: Mapping[str, Any], notices: list[str]) -> str:
    """The user's template ``name`` filled with ``context``, else the file ``built_in``; why it failed goes to ``notices``."""
    from jinja2 import TemplateError

    html = name == "html"
    if name in own:
        try:
            text = _compiled(own[name], html).render(context)
            if not text.strip():
                raise RenderError("it makes an empty text")
            if len(text) > _LONGEST:
                raise RenderError(f"it makes more than {_LONGEST:,} characters")
            return text
        except RecursionError:
            notices.append(_notice(name, "it calls itself without end"))
        except (
            TemplateError,
            ArithmeticError,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
            RenderError,
            MemoryError,
        ) as error:
            at = getattr(error, "lineno", None)
            why = f"{line(str(error), 200) or type(error).__name__}{f' (line {at})' if at else ''}"
            notices.append(_notice(name, why + _there_is(str(error), context)))
    return _shipped(built_in, html).render(context)


def _there_is(error: str, context: Mapping[str, Any]) -> str:
    """Where a template names what does not exist: what does; "" for any other fault."""
    if not (found := re.search(r"'([^']+)' is undefined|has no attribute '([^']+)'", error)):
        return ""
    if found[1]:
        return f"; there are: {', '.join(sorted(context))}"
    jobs = context.get("jobs") or ()
    slots = getattr(type(jobs[0]), "__slots__", ()) if jobs else ()
    return f"; a job has: {', '.join(sorted(slots))}" if slots else ""


def _notice(name: str, why: str) -> str:
    return f"Your template {name!r} was not used: {why}. The built-in one stands in; see docs/templates.md."


@lru_cache(maxsize=2)
def _environment(html: bool) -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(autoescape=html, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals |= {"say": say, "count": count}
    return made


@lru_cache(maxsize=64)
def _compiled(source: str, html: bool) -> Template:
    return _environment(html).from_string(source)


@lru_cache(maxsize=8)
def _shipped(file: str, html: bool) -> Template:
    source = resources.files("alerts.render").joinpath("templates", file).read_text("utf-8")
    return _compiled(source, html)
