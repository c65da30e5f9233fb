"""A feed's default country settles ambiguous places, and does not make it another source."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.config.load import load
from alerts.model.errors import ConfigError
from alerts.model.options import country_of
from alerts.model.raw import RawPlace, RawPosting
from alerts.normalise.posting import normalise

FEED = '[[sources]]\nkind = "rss"\nurl = "https://example.org/feed"\n{more}\n'
REST = '[[searches]]\nname = "all"\ntitle = ["nurse"]\n[channels.console]\nkind = "console"\n'


def source(folder: Path, more: str):
    path = folder / "config.toml"
    path.write_text(FEED.format(more=more) + REST, encoding="utf-8")
    return load(path, {}).sources[0]


def test_a_country_leaves_the_source_what_it_is(tmp_path: Path) -> None:
    plain, located = source(tmp_path, ""), source(tmp_path, 'country = "gb"')
    assert plain.key == located.key
    assert (country_of(plain.options), country_of(located.options)) == (None, "GB")


def test_a_country_is_two_letters(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="country"):
        source(tmp_path, 'country = "England"')


def test_the_country_of_the_source_settles_an_ambiguous_place() -> None:
    raw = RawPosting("1", "https://example.org/1", "Nurse", places=(RawPlace("Durham"),))
    now = datetime(2026, 11, 1, tzinfo=UTC)
    assert [normalise(raw, source="one", now=now, country=land).places[0].country for land in (None, "GB")] == ["US", "GB"]
