"""A posting as the JSON object that ``read --json`` and ``export`` print; its names are a promise to programs."""

from __future__ import annotations

from datetime import datetime

from alerts.model.posting import Evidence, Pay, Place, Posting


def record(posting: Posting) -> dict[str, object]:
    """One normalised posting: names and shapes as in the user guide; times in ISO 8601, unknown is null or []."""
    return {
        "source": posting.source,
        "source_id": posting.source_id,
        "url": posting.url,
        "apply_url": posting.apply_url,
        "title": posting.title,
        "company": posting.company,
        "locations": [_place(place) for place in posting.places],
        "work": list(posting.work),
        "remote_scope": list(posting.remote_scope),
        "remote_excluded": list(posting.remote_excluded),
        "employment": list(posting.employment),
        "level": posting.level,
        "levels": list(posting.levels),
        "experience": posting.experience,
        "category": posting.category,
        "industry": posting.industry,
        "pay": _pay(posting.pay) if posting.pay else None,
        "pays": [_pay(pay) for pay in posting.pays],
        "posted": _time(posting.posted),
        "updated": _time(posting.updated),
        "expires": _time(posting.expires),
        "language": posting.language,
        "eligibility": [{"topic": e.topic, "answer": e.answer, "value": e.value, "words": e.words} for e in posting.eligibility],
        "tags": list(posting.tags),
        "detailed": posting.detailed,
        "text": posting.text,
        "evidence": {name: _evidence(found) for name, found in posting.evidence.items()},
    }


def _place(place: Place) -> dict[str, object]:
    return {"raw": place.raw, "city": place.city, "region": place.region, "country": place.country}


def _pay(pay: Pay) -> dict[str, object]:
    names = ("min", "max", "currency", "period", "basis", "kind", "scope", "tax", "words")
    return {name: getattr(pay, name) for name in names}


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _evidence(found: Evidence) -> dict[str, str]:
    return {"basis": found.basis, "words": found.words}
