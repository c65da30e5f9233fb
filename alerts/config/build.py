"""From a checked table to the value that the rest of the house uses; what is wrong is noted with its place."""

from __future__ import annotations

import hashlib
import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pydantic import SecretStr, ValidationError

from alerts import plugins
from alerts.config import secrets
from alerts.config.document import Document, Place
from alerts.config.problems import Problems
from alerts.config.schema import ChannelTable, SearchTable, SourceTable
from alerts.discover.detect_kind import recognise
from alerts.discover.signs import refused
from alerts.model.errors import UnknownKind
from alerts.model.options import Options
from alerts.model.plan import Brake, Channel, Settings, Source
from alerts.model.search import Search

if TYPE_CHECKING:
    from types import ModuleType


#: The keys of a search that decide whether it wants a job.
CONDITIONS = frozenset(SearchTable.model_fields) - {
    *("name", "prefer", "like", "unknown", "aliases", "events", "channels", "when", "backfill", "letter", "enabled"),
    *("digest_above", "ask_above"),
}
Aliases = Mapping[str, tuple[str, ...]]
_VALUE_KEYS = ("min", "max", "any", "all", "none", "is")


@dataclass(frozen=True, slots=True)
class Given:
    """The options of one table, secrets resolved; the keys of those that could not be read hold a placeholder."""

    options: dict[str, object]
    #: Key → why its secret could not be read, and what to do.
    missing: Mapping[str, str]

    @property
    def why(self) -> str | None:
        """In a line, where anything is missing."""
        return "; ".join(f"{key}: {why}" for key, why in self.missing.items()) or None


def given(rest: Mapping[str, object], doc: Document, place: Place, problems: Problems, env: Mapping[str, str]) -> Given:
    """The options with every secret resolved; one that cannot be read is noted, and a problem where secrets are needed."""
    options = dict(rest)
    missing: dict[str, str] = {}
    for key, value in rest.items():
        if not isinstance(value, dict):
            continue
        if not secrets.is_reference(value):
            # A table of values (headers), each of which may be a secret.
            inner = given(value, doc, (*place, key), problems, env)
            options[key] = inner.options
            if inner.why:
                missing[key] = inner.why
            continue
        try:
            options[key] = secrets.resolve(value, doc.path.parent, env)
        except ValueError as error:
            missing[key], options[key] = str(error), secrets.PLACEHOLDER
            problems.secret(doc, (*place, key), str(error), of_the_service=secrets.of_the_service(value, env))
        if warning := secrets.remark(value, doc.path.parent):
            problems.remarks.append(warning)
    return Given(options, missing)


def source(
    table: SourceTable, given: Given, settings: Settings, doc: Document, place: Place, problems: Problems
) -> Source | None:
    """One source; its kind is said or recognised from the address."""
    recognised = _recognise(table, doc, place, problems)
    if recognised is None:
        return None
    kind, found = recognised
    module = plugins.load("sources", kind)
    options = given.options
    if table.company and "company" in module.Options.model_fields:
        options = {"company": table.company, **options}
    checked = _options(module, {**found, **options}, doc, place, problems, given.missing)
    if checked is None:
        return None
    if module.ABOUT.must_accept and not table.accept_terms:
        problems.add(
            doc, place, f"{module.ABOUT.title} sets terms: {module.ABOUT.terms} Set accept_terms = true if you accept them"
        )
        return None
    every = settings.every if table.every in (None, "auto") else table.every
    words = _identity(checked)
    return Source(
        key=f"{kind}:{words}",
        name=table.name or f"{module.ABOUT.title}: {words.partition('~')[0]}".removesuffix(": "),
        kind=kind,
        options=checked,
        every=every,  # type: ignore[arg-type]
        auto=table.every == "auto",
        company=table.company,
        address=table.url or "",
        missing=given.why,
        brake=Brake(table.digest_above, table.ask_above),
    )


def _recognise(table: SourceTable, doc: Document, place: Place, problems: Problems) -> tuple[str, dict[str, object]] | None:
    if table.kind is None:
        if table.url is None:
            problems.add(doc, place, 'needs url = "…" (the address of a board or feed) or kind = "…" with its options')
            return None
        found = recognise(table.url)
        if found is None:
            problems.add(
                doc,
                (*place, "url"),
                refused(table.url)
                or "no kind of source is certain from this address; say kind = …"
                f' (for example "rss" or "page"), or let this find it: job-alerts add {table.url}',
            )
        return found
    try:
        module = plugins.load("sources", table.kind)
    except UnknownKind as error:
        problems.add(doc, (*place, "kind"), str(error))
        return None
    if table.url is None:
        return table.kind, {}
    if "url" in module.Options.model_fields:
        return table.kind, {"url": table.url}
    options = module.recognise(table.url)
    if options is None:
        keys = ", ".join(module.Options.model_fields)
        problems.add(doc, (*place, "url"), f"not an address of {module.ABOUT.title}; the options of {table.kind} are: {keys}")
        return None
    return table.kind, options


def _options(
    module: ModuleType, values: Mapping[str, object], doc: Document, place: Place, problems: Problems, missing: Mapping[str, str]
) -> Options | None:
    try:
        checked: Options = module.Options.model_validate(dict(values), context={"folder": doc.path.parent.absolute()})
    except ValidationError as error:
        if missing and {found["loc"][0] for found in error.errors() if found["loc"]} <= set(missing):
            # Only the stand-in for a secret has the wrong form; it is never used.
            return cast("Options", module.Options.model_construct(**values))
        common = ChannelTable if place[0] == "channels" else SourceTable
        keys = [field.alias or name for name, field in module.Options.model_fields.items()]
        problems.validation(doc, place, error, [*keys, *common.model_fields])
        return None
    return checked


def _identity(options: Options) -> str:
    """A short, stable writing of what tells this source from others: its options without secrets."""
    given = options.model_dump(mode="python", exclude_defaults=True, exclude=set(options.ASIDE))
    plain = {key: shown for key, value in given.items() if (shown := _without_secrets(value)) is not None}
    words = "/".join(str(value) for key, value in plain.items() if key != "base_url" and isinstance(value, str | int))
    if len(words) <= 80 and len(plain) <= 2 and "base_url" not in plain and all(isinstance(v, str | int) for v in plain.values()):
        return words
    digest = hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()[:8]
    return f"{words[:60]}~{digest}"


def _without_secrets(value: object) -> object:
    if not isinstance(value, dict):
        return None if isinstance(value, SecretStr) else value
    return {key: part for key, part in value.items() if not isinstance(part, SecretStr)} or None


def channel(name: str, table: ChannelTable, given: Given, doc: Document, place: Place, problems: Problems) -> Channel | None:
    """One channel."""
    try:
        module = plugins.load("channels", table.kind)
    except UnknownKind as error:
        problems.add(doc, (*place, "kind"), str(error))
        return None
    checked = _options(module, given.options, doc, place, problems, given.missing)
    if checked is None:
        return None
    if (look := getattr(module, "remark", None)) and not given.missing and (said := look(checked)):
        problems.remarks.append(f"channels.{name}: {said}")
    templates = {part: doc.path.parent / path.expanduser() for part, path in table.templates.items()}
    for part, path in templates.items():
        if not path.is_file():
            problems.add(doc, (*place, "templates", part), f"there is no file {path}")
    brake = Brake(table.digest_above, table.ask_above)
    return Channel(
        name, table.kind, checked, table.quiet, table.max_per_hour, templates, given.why, brake, table.digest, table.language
    )


def per_condition(value: object, doc: Document, place: Place, problems: Problems) -> tuple[object, dict[str, str]]:
    """Take ``salary = { min = "180k", unknown = "drop" }`` apart: the plain table, and ``unknown`` by condition."""
    if not isinstance(value, dict):
        return value, {}
    plain, unknown = dict(value), {}
    for key, condition in value.items():
        if key not in CONDITIONS or not isinstance(condition, dict):
            continue
        parts = [part for part in _VALUE_KEYS if part in condition]
        extra = set(condition) - {*_VALUE_KEYS, "unknown"}
        if len(parts) != 1 or extra:
            problems.add(doc, (*place, key), f'as a table it has one of {", ".join(_VALUE_KEYS)}, and unknown = "keep" or "drop"')
            del plain[key]
            continue
        plain[key] = condition[parts[0]]
        if (decides := condition.get("unknown", "keep")) in ("keep", "drop"):
            unknown[key] = decides
        else:
            problems.add(doc, (*place, key), 'unknown must be "keep" or "drop"')
    return plain, unknown


def bad_search(search: Search, aliases: Aliases) -> list[tuple[str, str]]:
    """What the matcher finds wrong: key and message."""
    from alerts.match import compile as compiling

    return compiling.check(search, aliases=aliases)


def aliases(value: object, doc: Document, problems: Problems) -> dict[str, tuple[str, ...]]:
    """``[aliases]``: word → what means the same; () switches it off."""
    found: dict[str, tuple[str, ...]] = {}
    if not isinstance(value, dict):
        problems.add(doc, ("aliases",), "must be a table; write it under [aliases]")
        return found
    for name, others in value.items():
        if trouble := _bad_alias(name, others):
            problems.add(doc, ("aliases", name), trouble)
        else:
            found[name] = (others,) if isinstance(others, str) else tuple(others or ())
    return found


def _bad_alias(name: str, others: object) -> str | None:
    from alerts.match.aliases import is_word

    listed = [others] if isinstance(others, str) else [] if others is False else others
    if not isinstance(listed, list) or not all(isinstance(other, str) for other in listed):
        return 'must be a list of words that mean the same, such as k8s = ["kubernetes"]; [] switches it off'
    wordless = [other for other in (name, *listed) if len(other) > 200 or not is_word(other)]
    return f"{wordless[0][:40]!r} is no word that a posting could say" if wordless else None


def asks_something(search: Search) -> bool:
    """Does the search have a condition at all?"""
    return bool(search.like) or any(getattr(search, key) for key in CONDITIONS)


def like_text(entry: str, folder: Path) -> str:
    """``like`` names a saved page or text: its words; anything else is taken as it stands."""
    if len(entry) < 400 and "\n" not in entry and "://" not in entry:
        path = folder / Path(entry).expanduser()
        if path.is_file():
            return path.read_text(encoding="utf-8", errors="replace")[:200_000]
    return entry


def bad_place(words: str) -> str | None:
    """What is wrong with a place in words, if anything."""
    from alerts.normalise import places

    known = any(place.city or place.region or place.country for place in places.parse(words))
    return None if known else f'no place is known as {words!r}; write for example "Toronto, ON" or "Berlin, Germany"'


def bad_authorities(path: Path) -> str | None:
    """What is wrong with a file of certificate authorities, if anything."""
    import ssl

    from alerts.fetch import certificates

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except OSError as error:
        return None if isinstance(error, FileNotFoundError) else certificates.unreadable(error)
    return None


def bad_network(words: str) -> str | None:
    """What is wrong with an address or network in words, if anything."""
    try:
        ipaddress.ip_network(words, strict=False)
    except ValueError:
        return f'{words!r} is not an address or network; write for example "127.0.0.1" or "10.0.0.0/8"'
    return None
