"""A raw posting becomes a posting with every value explained, whatever is in it."""

from datetime import UTC, datetime

import pytest

from alerts.model.raw import RawPay, RawPlace, RawPosting
from alerts.normalise.areas import area
from alerts.normalise.posting import normalise
from alerts.normalise.reach import scope_allows

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_the_fields_of_a_plain_posting_are_read_with_their_words() -> None:
    raw = RawPosting(
        "7",
        "https://jobs.example.org/7",
        "Senior Engineer (Remote)",
        company="The Foo GmbH & Co. KG",
        employment=("Full-time",),
        html="<p>Build things.</p>",
        places=(RawPlace("Berlin, Germany"),),
    )
    posting = normalise(raw, source="board", now=NOW)
    assert (posting.source, posting.source_id, posting.title) == ("board", "7", "Senior Engineer (Remote)")
    assert (posting.company, posting.company_key) == ("The Foo GmbH & Co. KG", "foo")
    assert (posting.level, posting.work, posting.employment) == ("senior", ("remote",), ("full-time",))
    assert posting.text == "Build things."
    assert posting.evidence["level"].words == "Senior"
    assert posting.evidence["employment"].basis == "stated"


def test_what_is_not_said_stays_unknown() -> None:
    posting = normalise(RawPosting("1", "https://jobs.example.org/1", "Gardener"), source="board", now=NOW)
    assert (posting.company, posting.level, posting.pay, posting.work) == (None, None, None, ())
    assert (posting.remote_scope, posting.places, posting.experience, posting.industry) == ((), (), None, None)


def test_the_source_names_the_employer_and_the_work_type_where_the_posting_does_not() -> None:
    posting = normalise(RawPosting("1", "https://x.example/1", "Gardener"), source="b", now=NOW, remote=True, company="Acme Inc.")
    assert (posting.company, posting.company_key, posting.work) == ("Acme Inc.", "acme", ("remote",))
    assert posting.evidence["work"].basis == "inferred"


@pytest.mark.parametrize(
    ("where", "said", "wanted"),
    [
        (("Toronto, Canada", "Austin, TX"), "$120,000 - $150,000 per year", "USD"),
        (("Graz, Austria", "Toronto, Canada"), "$120,000 - $150,000 per year", "CAD"),
        (("Perth, Australia", "Toronto, Canada"), "$120,000 - $150,000 per year", "AUD"),
        (("Graz, Austria", "Lyon, France"), "$120,000 - $150,000 per year", "USD"),
        (("Remote (Americas)", "Toronto, Canada"), "$120,000 - $150,000 per year", "USD"),
        (("Toronto, Canada", "Perth, Australia"), "US$120,000 - US$150,000 per year", "USD"),
        (("Oslo, Norway", "Lyon, France"), "kr 600 000 - 700 000 per year", "NOK"),
        (("Oslo, Norway", "Toronto, Canada"), "60,000 EUR per year", "EUR"),
    ],
)
def test_a_bare_sign_beside_several_countries_is_the_money_of_the_one_that_has_it(
    where: tuple[str, ...], said: str, wanted: str
) -> None:
    for raw in (
        RawPosting("1", "https://x.example/1", "Nurse", places=tuple(map(RawPlace, where)), text=f"Salary: {said}."),
        RawPosting("1", "https://x.example/1", "Nurse", places=tuple(map(RawPlace, where)), pay=(RawPay(text=said),)),
    ):
        posting = normalise(raw, source="board", now=NOW)
        assert posting.pay is not None
        assert (posting.pay.currency, posting.pay.currency_inferred) == (wanted, said[0] in "$k")


def test_named_countries_with_their_own_hours_let_no_other_country_in() -> None:
    raw = RawPosting("1", "https://x.example/1", "Nurse", places=(RawPlace("USA, Canada, USA timezones"),))
    posting = normalise(raw, source="board", now=NOW, remote=True)
    assert [place.country for place in posting.places] == ["US", "CA"]
    asked = {where: scope_allows(posting.remote_scope, posting.remote_excluded, area(where)) for where in ("Brazil", "Canada")}
    assert asked == {"Brazil": False, "Canada": True}
