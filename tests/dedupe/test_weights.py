"""The weights do not contradict the words shown: their signs, their orders, and nothing that has none."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from alerts.dedupe.evidence import directions, orders, speaks
from alerts.dedupe.judge import default_weights, judge
from alerts.model.identity import Fingerprint

DAY = datetime(2026, 3, 1, tzinfo=UTC)
PLACE = (("leeds", "", "gb"),)


def test_every_finding_has_weights_and_every_weight_a_finding():
    assert set(default_weights().weights) == set(directions())


def test_a_finding_without_weight_is_an_error():
    with pytest.raises(KeyError):
        default_weights().relation(["company same", "moon in the seventh house"])
    with pytest.raises(KeyError):
        speaks("moon in the seventh house")


@pytest.mark.parametrize("name", sorted(directions()))
def test_no_finding_weighs_against_what_it_says(name):
    for weight in default_weights().weights[name]:
        assert speaks(name) != "for" or weight >= 0
        assert speaks(name) != "against" or weight <= 0


def test_no_finding_weighs_less_than_one_that_says_less():
    weights = default_weights().weights
    for names in orders():
        for more, less in pairwise(names):
            assert weights[more][0] >= weights[less][0], (more, less)
            assert weights[more][1] >= weights[less][1], (more, less)


@pytest.mark.parametrize("title", ["data engineer billing", "cook", "software engineer intern summer 2026"])
def test_the_further_apart_in_time_the_less_it_is_one_job(title):
    rank = {"same": 2, "likely": 1, "different": 0}
    one = Fingerprint("a", "1", company="acme", title=title, places=PLACE, posted=DAY)
    said = [
        judge(one, Fingerprint("b", "2", company="acme", title=title, places=PLACE, posted=DAY + timedelta(days=days)))
        for days in range(0, 400, 5)
    ]
    assert [rank[v.relation] for v in said] == sorted((rank[v.relation] for v in said), reverse=True)


def test_a_title_that_says_more_is_never_certain():
    assert {f"title more {n}" for n in (1, 2, 3, 4)} <= default_weights().never_certain
