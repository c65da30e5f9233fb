"""A law: every statement of the tables is understood by PostgreSQL, also one that no test of the contract happens to use."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from alerts import store as package
from alerts.store.engines.postgres.library import needed
from alerts.store.store import Store

pytestmark = pytest.mark.postgres
FOLDER = Path(package.__file__).parent
#: About the file alone.
OF_THE_FILE = {"backup", "database", "export", "identity", "keeper", "migrate", "restore", "vacuum"}
#: Put together in a call: what such a part may be.
PARTS = {"due": "(due <= :now)", "free": "1 = 1", "condition": "p.closed IS NULL", "asked": "(SELECT 1)", "last": "SELECT 1"}
_SQL = re.compile(r"(SELECT|INSERT|UPDATE|DELETE|WITH)\s.{12}")
#: Half of a statement, to which another half is joined.
_HALF = re.compile(r"(AND|WHERE|=)\s*$")


def statements() -> Iterator[tuple[str, str]]:
    """(where it stands, the statement) of all that can be read without calling anything."""
    for file in sorted(FOLDER.glob("*.py")):
        if file.stem in OF_THE_FILE:
            continue
        known = vars(importlib.import_module(f"alerts.store.{file.stem}")) | PARTS
        tree = ast.parse(file.read_text("utf-8"))
        parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in parts:
                try:
                    text = eval(compile(ast.Expression(node), file.name, "eval"), dict(known))
                except NameError:
                    continue
                if isinstance(text, str) and _SQL.match(text) and not _HALF.search(text):
                    yield f"{file.name}:{node.lineno}", text


def test_every_statement_can_be_prepared(postgres, tmp_path):
    needed()
    import psycopg

    from alerts.store.engines.postgres.dialect import statement

    server = postgres.fresh(tmp_path)
    Store(server).close()
    refused, good = {}, 0
    with psycopg.connect(server.address, autocommit=True, prepare_threshold=None) as connection:
        for where, text in statements():
            try:
                connection.execute("DEALLOCATE ALL")
                connection.execute(f"PREPARE one AS {_numbered(statement(text))}".encode())
                good += 1
            except psycopg.Error as error:
                # A value that may be of any type has one when it is sent.
                if "polymorphic" not in str(error):
                    refused[where] = f"{str(error).splitlines()[0]}: {text[:80]}"
    assert refused == {}
    assert good > 150


def _numbered(sql: str) -> str:
    """psycopg's marks as the server numbers them."""
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        name = found[1] or f"?{len(names)}"
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return re.sub(r"%%|%s|%\((\w+)\)s", number, sql)
