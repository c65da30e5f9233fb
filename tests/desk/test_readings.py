"""One row for each reading of a source, written by the store itself; thinned to one a day."""

from __future__ import annotations

from datetime import timedelta


def test_every_reading_has_a_row_with_what_it_brought(house):
    with house.store() as store:
        names = store.sources.names()
        rows = [one for one in store.readings.since(house.now - timedelta(days=3)) if names[one.source] == "Bluefin Analytics"]
        assert [one.listed for one in rows] == [1, 3, 3, 2, 2, 2, 2]
        assert [one.new for one in rows] == [1, 2, 0, 0, 0, 0, 0]
        source = rows[0].source
        store.sources.claim_due(house.now, timedelta(minutes=5), 1, [source])
        store.sources.keep_bad(source, house.now, house.now, "HTTP 500")
        assert store.readings.since(house.now, source)[-1].failed == 1


def test_what_is_old_becomes_one_row_a_day_and_loses_no_count(house):
    with house.store() as store:
        before = store.readings.since(house.now - timedelta(days=3))
        store.readings.thin(house.now + timedelta(days=30))
        after = store.readings.since(house.now - timedelta(days=3))
        assert sum(one.new for one in after) == sum(one.new for one in before)
        assert len(after) == 2 * len({one.source for one in before}), "two days, one row a source each"
