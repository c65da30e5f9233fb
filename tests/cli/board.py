"""Entries of a Greenhouse board, as its address answers them."""

from __future__ import annotations


def job(number: int, title: str, place: str = "Berlin, Germany", published: str = "2026-11-20T10:00:00-05:00") -> dict:
    return {
        "id": number,
        "internal_job_id": number + 100,
        "title": title,
        "location": {"name": place},
        "company_name": "Acme",
        "absolute_url": f"https://job-boards.greenhouse.io/acme/jobs/{number}",
        "content": f"We pay €70,000 - €90,000 per year. Work number {number}.",
        "first_published": published,
    }
