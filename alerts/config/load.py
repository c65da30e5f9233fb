"""Files → Plan: everything checked, every mistake collected, each with its file, line and key."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

from alerts.config import application_tables, build, document, find, http_tables, proxying
from alerts.config.document import Document, Place
from alerts.config.problems import Problems, SecretsPolicy, unknown_key
from alerts.config.schema import (
    ChannelTable,
    NetworkTable,
    SearchTable,
    SettingsTable,
    SourceTable,
    Table,
)
from alerts.config.table import table_of
from alerts.model.errors import ConfigError
from alerts.model.plan import Brake, Channel, Network, Plan, SavedSearch, Settings, Source
from alerts.model.search import Search
from alerts.model.server import Database, Server, is_server, wrong

TOP = ("settings", "network", "http", "desk", "heartbeat", "aliases", "sources", "searches", "channels", "letter", "applications")


def load(
    path: Path,
    env: Mapping[str, str] = os.environ,
    *,
    secrets: SecretsPolicy = "needed",
    instead: Mapping[Path, Path] | None = None,
) -> Plan:
    """Read ``path`` and ``searches.d/*.toml`` beside it; raises ConfigError with every mistake.

    ``secrets``: with "where there", a source or channel whose secret cannot be read is part of the plan all the same and
    says so (``missing``): only reading and sending need it, and one must not stop the others. ``instead``: a draft that is
    read in the place of a file of ``searches.d``.
    """
    main = document.read(path)
    problems = Problems(secrets)
    docs = [main, *_included(path, problems, instead or {})]
    for doc in docs:
        allowed = TOP if doc is main else ("searches",)
        for key in set(doc.values) - set(allowed):
            problems.add(doc, (key,), unknown_key(key, allowed))
    settings = _settings(main, problems, env)
    network = _network(main, problems, env)
    http = http_tables.listener(main, problems)
    heartbeat = http_tables.heartbeat(main, problems, env)
    channels = _channels(main, problems, env)
    sources = _sources(main, problems, env, settings)
    aliases = build.aliases(main.values.get("aliases", {}), main, problems)
    named = _named(main)
    searches = _searches(docs, problems, settings, channels, aliases, named)
    if settings.notify and settings.notify not in named:
        problems.add(main, ("settings", "notify"), _no_channel(settings.notify, named))
    letter = application_tables.letter(main, problems, env)
    reminding = application_tables.reminding(main, problems)
    if reminding.channel and reminding.channel not in named:
        problems.add(main, ("applications", "channel"), _no_channel(reminding.channel, named))
    if problems.lines:
        raise ConfigError(problems.in_order())
    remarks = tuple(problems.remarks)
    return Plan(path, settings, network, http, heartbeat, sources, searches, channels, aliases, letter, reminding, remarks)


def load_searches(path: Path, plan: Plan) -> tuple[SavedSearch, ...]:
    """The searches of one more file, read as those of ``searches.d`` are, for a plan that there is; raises ConfigError."""
    doc = document.read(path)
    problems = Problems()
    for key in set(doc.values) - {"searches"}:
        problems.add(doc, (key,), unknown_key(key, ("searches",)))
    searches = _searches([doc], problems, plan.settings, plan.channels, plan.aliases, list(plan.channels))
    if problems.lines:
        raise ConfigError(problems.in_order())
    return searches


def checked_search(table: Mapping[str, object], file: Path, plan: Plan) -> tuple[SavedSearch | None, dict[str, str]]:
    """One search that is to stand in ``file``: as it would be, and key → what is wrong ("" for the whole)."""
    doc, problems = Document(file, {"searches": [{**table, "enabled": True}]}, {}), Problems()
    found = _searches([doc], problems, plan.settings, plan.channels, plan.aliases, list(plan.channels))
    wrong: dict[str, str] = {}
    for line in problems.lines:
        place, _, words = line.removeprefix(f"{file}: ").partition(": ")
        wrong.setdefault(place.removeprefix("searches[1]").strip(".").partition("[")[0], words)
    return (found[0] if found and not wrong else None), wrong


def included(path: Path) -> list[Path]:
    """The files of searches beside the configuration."""
    return sorted((path.parent / "searches.d").glob("*.toml"))


def _included(path: Path, problems: Problems, instead: Mapping[Path, Path]) -> list[Document]:
    docs = []
    for extra in included(path):
        try:
            docs.append(document.read(instead.get(extra.resolve(), extra)))
        except ConfigError as error:
            problems.lines += error.problems
    return docs


def _rows(doc: Document, name: str, problems: Problems) -> list[tuple[Place, object]]:
    value = doc.values.get(name, [])
    if not isinstance(value, list):
        problems.add(doc, (name,), f"must be a list of tables; write each under [[{name}]]")
        return []
    return [((name, number), row) for number, row in enumerate(value)]


def _settings(doc: Document, problems: Problems, env: Mapping[str, str]) -> Settings:
    table = table_of(doc, ("settings",), doc.values.get("settings", {}), SettingsTable, problems) or SettingsTable()
    database = _database(table.database, doc, problems, env)
    common = {name: getattr(table, name) for name in SettingsTable.model_fields if name != "database"}
    for name in ("profile", "letter"):
        common[name] = _file(common[name], doc, ("settings", name), problems)
    if table.home and (trouble := build.bad_place(table.home)):
        problems.add(doc, ("settings", "home"), trouble)
    return Settings(database=database, **common)


def _database(given: str | None, doc: Document, problems: Problems, env: Mapping[str, str]) -> Database:
    """A file, relative to the configuration; or a server, beside which the folder of the state holds the little else."""
    if given and is_server(given):
        if trouble := wrong(given):
            problems.add(doc, ("settings", "database"), trouble)
        return Server(given, find.state_folder(doc.path, env) / "alerts.db")
    return doc.path.parent / Path(given).expanduser() if given else find.state_folder(doc.path, env) / "alerts.db"


def _file(path: Path | None, doc: Document, place: Place, problems: Problems) -> Path | None:
    """A file that the configuration names, relative to it; it must be there."""
    if path is None:
        return None
    whole = doc.path.parent / path.expanduser()
    if not whole.is_file():
        problems.add(doc, place, f"there is no file {whole}")
    return whole


def _network(doc: Document, problems: Problems, env: Mapping[str, str]) -> Network:
    value = doc.values.get("network", {})
    if isinstance(value, dict):
        known = build.given(value, doc, ("network",), problems, env)
        for key, why in known.missing.items():
            # Without its proxy nothing may go out another way, so this is a mistake for whoever asks.
            problems.add(doc, ("network", key), why)
        value = {key: part for key, part in known.options.items() if key not in known.missing}
    table = table_of(doc, ("network",), value, NetworkTable, problems) or NetworkTable()
    for number, address in enumerate(table.allow_private):
        if trouble := build.bad_network(address):
            problems.add(doc, ("network", "allow_private", number), trouble)
    authorities = _file(table.ca_file, doc, ("network", "ca_file"), problems)
    if authorities and (trouble := build.bad_authorities(authorities)):
        problems.add(doc, ("network", "ca_file"), trouble)
    network = Network(table.allow_private, table.pace.total_seconds(), table.deadline.total_seconds(), table.max_size * 2**20)
    network = replace(network, ca_file=str(authorities) if authorities else None)
    try:
        return proxying.with_proxies(network, table.proxy, table.no_proxy, env)
    except ValueError as error:
        problems.add(doc, ("network", "proxy"), str(error).removeprefix("proxy "))
        return network


def _split(value: object, model: type[Table]) -> tuple[object, dict[str, object]]:
    """The keys that every kind has, and those of the kind itself."""
    if not isinstance(value, dict):
        return value, {}
    common = {key: part for key, part in value.items() if key in model.model_fields}
    return common, {key: part for key, part in value.items() if key not in model.model_fields}


def _sources(doc: Document, problems: Problems, env: Mapping[str, str], settings: Settings) -> tuple[Source, ...]:
    sources: dict[str, Source] = {}
    names: dict[str, str] = {}
    for place, value in _rows(doc, "sources", problems):
        common, rest = _split(value, SourceTable)
        table = table_of(doc, place, common, SourceTable, problems)
        given = build.given(rest, doc, place, problems, env)
        # A kind or address that is no text is a mistake already told; without it nothing more can be said.
        if table is None or (isinstance(common, dict) and any(common.get(k) and not getattr(table, k) for k in ("kind", "url"))):
            continue
        source = build.source(table, given, settings, doc, place, problems)
        if not source or not table.enabled:
            continue
        if source.key in sources:
            problems.add(doc, place, f"the same source stands here twice ({source.name}); remove one")
        elif source.name in names:
            problems.add(doc, (*place, "name"), f"the name {source.name!r} is taken by another source; choose another name")
        else:
            sources[source.key] = source
            names[source.name] = source.key
    return tuple(sources.values())


def _channels(doc: Document, problems: Problems, env: Mapping[str, str]) -> dict[str, Channel]:
    tables = doc.values.get("channels", {})
    channels: dict[str, Channel] = {}
    if not isinstance(tables, dict):
        problems.add(doc, ("channels",), "must be tables; write each under [channels.NAME]")
        return channels
    for name, value in tables.items():
        place = ("channels", name)
        common, rest = _split(value, ChannelTable)
        table = table_of(doc, place, common, ChannelTable, problems)
        given = build.given(rest, doc, place, problems, env)
        channel = table and build.channel(name, table, given, doc, place, problems)
        if channel:
            channels[name] = channel
    return channels


def _searches(
    docs: list[Document],
    problems: Problems,
    settings: Settings,
    channels: Mapping[str, Channel],
    aliases: build.Aliases,
    named: list[str],
) -> tuple[SavedSearch, ...]:
    searches: dict[str, SavedSearch] = {}
    for doc in docs:
        for place, value in _rows(doc, "searches", problems):
            before = len(problems.lines)
            value, unknown_for = build.per_condition(value, doc, place, problems)
            table = table_of(doc, place, value, SearchTable, problems)
            if table is None:
                continue
            if table.name in searches:
                problems.add(doc, (*place, "name"), f"two searches are named {table.name!r}; names must be unique")
            for number, name in enumerate(table.channels):
                if name not in named:
                    problems.add(doc, (*place, "channels", number), _no_channel(name, named))
            search = _search(table, unknown_for, settings, doc)
            for key, message in build.bad_search(search, aliases):
                problems.add(doc, (*place, key), message)
            # A key that is mistaken may be the very condition.
            if not build.asks_something(search) and len(problems.lines) == before:
                problems.add(doc, place, "asks for nothing, so it would match every job; give it at least one condition")
            if table.enabled:
                letter = _file(table.letter, doc, (*place, "letter"), problems)
                searches[table.name] = _saved(table, search, letter, channels, aliases)
    return tuple(searches.values())


def _named(doc: Document) -> list[str]:
    """The names of all channels that stand in the file, those with mistakes too."""
    tables = doc.values.get("channels")
    return list(tables) if isinstance(tables, dict) else []


def _no_channel(name: str, channels: list[str]) -> str:
    near = difflib.get_close_matches(name, channels, 1)
    hint = f'; did you mean "{near[0]}"?' if near else f"; there are: {', '.join(channels) or 'none'}"
    return f"there is no channel {name!r}{hint}"


def _search(table: SearchTable, unknown_for: Mapping[str, str], settings: Settings, doc: Document) -> Search:
    given = {name: getattr(table, name) for name in SearchTable.model_fields if name in _SEARCH_FIELDS}
    given["like"] = tuple(build.like_text(entry, doc.path.parent) for entry in table.like)
    return Search(**given, unknown_for=unknown_for, home=settings.home)


_SEARCH_FIELDS = {f.name for f in fields(Search)} - {"unknown_for", "home", "like"}


def _saved(
    table: SearchTable, search: Search, letter: Path | None, channels: Mapping[str, Channel], aliases: build.Aliases
) -> SavedSearch:
    words = {f.name: getattr(search, f.name) for f in fields(Search) if f.name != "name"}
    if aliases and search.aliases:
        words["own_aliases"] = aliases
    digest = hashlib.sha256(json.dumps(words, sort_keys=True, default=dict).encode()).hexdigest()[:16]
    return SavedSearch(
        search=search,
        when=table.when,
        channels=table.channels or tuple(channels),
        events=frozenset(table.events),
        backfill=table.backfill,
        letter=letter,
        digest=digest,
        brake=Brake(table.digest_above, table.ask_above),
    )
