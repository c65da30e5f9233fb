"""Which database is this: the one that was here before, or an empty one in its place?"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

from alerts.model.errors import StoreLost
from alerts.store import lock_file
from alerts.store.codec import stamp
from alerts.store.ledger import Ledger


def identify(ledger: Ledger, path: Path) -> None:
    """Give the database an identity and remember it beside the file; raises StoreLost where a new one took its place."""
    found = ledger.row("SELECT value FROM facts WHERE name = 'identity'")
    identity, before = (found["value"] if found else ""), lock_file.sign(path)
    if before and identity != before and ledger.row("SELECT 1 FROM sources LIMIT 1") is None:
        raise StoreLost(lock_file.lost(path, "is new and empty, though another one was in use here before"))
    if not identity:
        identity = secrets.token_hex(8)
        ledger.insert("facts", {"name": "identity", "value": identity, "at": stamp(datetime.now(UTC))})
    lock_file.keep_sign(path, identity)
