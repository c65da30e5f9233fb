"""Every state of a posting × everything a poll can say of it: what it is, what is stored and what is told."""

from __future__ import annotations

from itertools import product

import pytest

from alerts.dedupe.decide import Decision, Facts, Heard, Joins, Standing, Tell, What, Write, decide, standing
from alerts.model.event import EventKind
from alerts.model.pending import Pending

#: standing, heard, joins, baseline, news → what, write, pending, event, tell, opens. "*": whatever.
TABLE = """
absent            lacking  *         no  *    outstanding      add      new       -         nothing  no
absent            lacking  *         yes *    outstanding      add      baseline  -         nothing  no
absent            whole    own       no  *    new              add      -         new       new      no
absent            whole    own       yes *    new              add      -         new       recent   no
absent            whole    open      *   *    further_listing  add      -         -         job      no
absent            whole    baseline  *   *    further_listing  add      -         -         nothing  no
absent            whole    closed    no  *    reposted         add      -         reposted  repost   yes
absent            whole    closed    yes *    further_listing  add      -         -         nothing  yes
absent            whole    reissued  *   *    further_listing  add      -         -         nothing  no
absent            same     own       no  *    new              add      -         new       new      no
absent            same     own       yes *    new              add      -         new       recent   no
awaited           same     *         *   *    outstanding      tries    new       -         nothing  no
awaited           lacking  *         *   *    outstanding      replace  new       -         nothing  no
awaited           whole    own       *   *    new              replace  -         new       new      no
awaited           whole    open      *   *    further_listing  replace  -         -         job      no
awaited           whole    baseline  *   *    further_listing  replace  -         -         nothing  no
awaited           whole    closed    *   *    reposted         replace  -         reposted  repost   yes
awaited           whole    reissued  *   *    further_listing  replace  -         -         nothing  no
awaited_baseline  same     *         *   *    outstanding      tries    baseline  -         nothing  no
awaited_baseline  lacking  *         *   *    outstanding      replace  baseline  -         nothing  no
awaited_baseline  whole    own       *   *    new              replace  -         new       recent   no
awaited_baseline  whole    open      *   *    further_listing  replace  -         -         job      no
awaited_baseline  whole    baseline  *   *    further_listing  replace  -         -         nothing  no
awaited_baseline  whole    closed    *   *    further_listing  replace  -         -         nothing  yes
awaited_baseline  whole    reissued  *   *    further_listing  replace  -         -         nothing  no
known             same     *         *   *    known            nothing  -         -         nothing  no
known             lacking  *         *   *    outstanding      tries    change    -         nothing  no
known             whole    *         *   yes  changed          replace  -         changed   change   no
known             whole    *         *   no   known            replace  -         -         change   no
change_awaited    same     *         *   *    known            tries    -         -         nothing  no
change_awaited    lacking  *         *   *    outstanding      tries    change    -         nothing  no
change_awaited    whole    *         *   yes  changed          replace  -         changed   change   no
change_awaited    whole    *         *   no   known            replace  -         -         change   no
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
EVERYTHING = list(product(Standing, Heard, Joins, (False, True), (False, True)))
#: A poll does not say of a posting that it never heard of that it is the same, but for one of a job of its own.
IMPOSSIBLE = [facts for facts in EVERYTHING if facts[:2] == (Standing.ABSENT, Heard.SAME) and facts[2] is not Joins.OWN]


def covers(row: list[str], facts: tuple) -> bool:
    words = [str(one).replace(" ", "_") if not isinstance(one, bool) else ("yes" if one else "no") for one in facts]
    return all(said in ("*", word) for said, word in zip(row, words, strict=False))


def meant(row: list[str]) -> Decision:
    what, write, pending, event, tell, opens = row[5:]
    return Decision(
        What(what.replace("_", " ")),
        Write(write),
        None if pending == "-" else Pending(pending),
        None if event == "-" else EventKind(event),
        Tell(tell),
        opens == "yes",
    )


@pytest.mark.parametrize("facts", [one for one in EVERYTHING if one not in IMPOSSIBLE], ids=lambda f: " ".join(map(str, f)))
def test_every_state_and_every_event_has_one_answer(facts):
    rows = [row for row in ROWS if covers(row, facts)]
    assert len(rows) == 1, "the table says each once"
    stands, heard, joins, baseline, news = facts
    assert decide(Facts(stands, heard, joins, baseline=baseline, news=news)) == meant(rows[0])


@pytest.mark.parametrize("facts", EVERYTHING, ids=lambda f: " ".join(map(str, f)))
def test_of_what_is_over_nothing_is_told_and_all_else_is_the_same(facts):
    stands, heard, joins, baseline, news = facts
    one = decide(Facts(stands, heard, joins, baseline=baseline, news=news))
    over = decide(Facts(stands, heard, joins, baseline=baseline, news=news, expired=True))
    assert over.tell is Tell.NOTHING
    assert (over.what, over.write, over.pending, over.event) == (one.what, one.write, one.pending, one.event)


@pytest.mark.parametrize("stands", Standing)
def test_what_is_outstanding_stays_so_until_it_was_heard(stands):
    """The fault that lost changed postings: one that lacks its details must be found again at the next poll."""
    found = decide(Facts(stands, Heard.LACKING))
    assert found.pending is not None
    assert found.write is not Write.NOTHING
    again = standing(True, found.pending)
    assert decide(Facts(again, Heard.WHOLE, news=True)).tell is not Tell.NOTHING


def test_how_a_posting_stands_is_read_from_what_is_outstanding():
    assert standing(False, None) is Standing.ABSENT
    assert standing(True, None) is Standing.KNOWN
    assert [standing(True, pending) for pending in Pending] == [
        Standing.AWAITED,
        Standing.AWAITED_BASELINE,
        Standing.CHANGE_AWAITED,
    ]
