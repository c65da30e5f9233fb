"""Category and industry come from a small table, the source's words first."""

import pytest

from alerts.normalise import category


@pytest.mark.parametrize(
    ("stated", "title", "wanted"),
    [
        (("Information Security",), "Analyst", "security"),
        ((), "Senior Backend Engineer", "engineering"),
        ((), "Data Scientist", "data"),
        ((), "Product Designer", "design"),
        ((), "Account Executive", "sales"),
        ((), "Pflegefachkraft (m/w/d)", "healthcare"),
        ((), "Zookeeper", None),
        (("Zoo",), "Sales Manager", "sales"),
    ],
)
def test_one_category_a_job(stated: tuple[str, ...], title: str, wanted: str | None) -> None:
    assert category.category(stated, title)[0] == wanted


def test_an_industry_is_told_by_the_source() -> None:
    found, why = category.industry(("Financial Services",))
    assert found == "finance"
    assert why is not None
    assert why.basis == "stated"
    assert category.industry(()) == (None, None)
