"""Addresses of one job have one identity; the full table is in test_address.py."""

from alerts.dedupe.address import identify
from alerts.model import AddressId


def test_an_employers_own_page_with_gh_jid_is_the_greenhouse_job():
    own = identify("https://www.example.com/careers/open/?gh_jid=4567890&utm_source=x")
    assert own == identify("https://boards.greenhouse.io/example/jobs/4567890") == AddressId("greenhouse", None, "4567890")
