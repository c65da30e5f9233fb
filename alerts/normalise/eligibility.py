"""Eligibility: sponsorship, permit, clearance, citizenship, degree, languages, each with the sentence that says so."""

from __future__ import annotations

from collections.abc import Mapping

from alerts.model import Eligibility


def read(text: str, facts: Mapping[str, str]) -> tuple[Eligibility, ...]:
    """What is asked of, or offered to, the applicant; ``facts`` are the source's own words by name."""
    return ()
