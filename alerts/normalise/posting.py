"""Raw posting → posting: every field read, each with its basis and the words it was read from."""

from __future__ import annotations

import re
from datetime import datetime

from alerts.model.posting import Basis, Evidence, Pay, Place, Posting
from alerts.model.raw import RawPosting
from alerts.normalise import category, dates, eligibility, employment, experience, language, level, pay, places, scope, text, work
from alerts.normalise.company import key as company_key

#: "de", "en-GB", "pt_BR"; names of languages are left to the text.
_TONGUE = re.compile(r"\s*(?P<code>[A-Za-z]{2})(?:[-_]\w+)*\s*$", re.ASCII)


def normalise(
    raw: RawPosting,
    *,
    source: str,
    now: datetime,
    remote: bool = False,
    company: str | None = None,
    country: str | None = None,
) -> Posting:
    """Make one raw posting comparable; never raises, and what is not said stays unknown.

    ``source`` is the name of the source, ``remote`` says that its postings are remote unless they say otherwise, ``company``
    is the employer where the posting names none, and ``country`` (ISO2) where an ambiguous place lies.
    """
    title = text.line(raw.title) or ""
    body = text.clean(raw.html, raw.text)
    employer = text.line(raw.company) or text.line(company) or None
    why: dict[str, Evidence | None] = {}
    where = places.read(raw.places, title=title, country=country)
    why["places"] = _place_evidence(raw, where)
    how, why["work"] = work.read(raw.work, work.place_words(raw.places), title, body, remote)
    areas, excluded, why["remote_scope"] = scope.read(raw.remote_areas, raw.places, where, title, body, how)
    kinds, why["employment"] = employment.read(raw.employment, title, body)
    ranks, why["level"] = level.read(raw.level, title)
    sort, why["category"] = category.category(raw.category, title, raw.tags)
    trade, why["industry"] = category.industry(raw.industry, raw.tags)
    years, why["experience"] = experience.read(raw.facts.get("experience"), body)
    pays = _pays(raw, title, body, where)
    headline = pay.headline(pays)
    why["pay"] = Evidence(headline.basis, headline.words) if headline else None
    tongue, why["language"] = _language(raw.language, body)
    return Posting(
        source=source,
        source_id=raw.source_id,
        url=raw.url,
        title=title,
        company=employer,
        company_key=company_key(employer),
        apply_url=raw.apply_url,
        places=where,
        work=how,
        remote_scope=areas,
        remote_excluded=excluded,
        employment=kinds,
        level=ranks[0] if ranks else None,
        levels=ranks,
        experience=years,
        category=sort,
        industry=trade,
        pay=headline,
        pays=pays,
        posted=dates.when(raw.posted, now=now),
        updated=dates.when(raw.updated, now=now),
        expires=dates.until(raw.expires, now=now),
        text=body,
        language=tongue,
        eligibility=eligibility.read(body, raw.facts),
        tags=tuple(dict.fromkeys(tag for tag in map(text.line, raw.tags) if tag)),
        group=raw.group,
        requisition=raw.requisition,
        detailed=raw.detailed,
        evidence={field: evidence for field, evidence in why.items() if evidence},
    )


def _place_evidence(raw: RawPosting, where: tuple[Place, ...]) -> Evidence | None:
    if not where:
        return None
    stated = any(place.city or place.region or place.country for place in raw.places)
    basis: Basis = "stated" if stated else "parsed" if raw.places else "inferred"
    return Evidence(basis, "; ".join(dict.fromkeys(place.raw for place in where if place.raw)))


def _pays(raw: RawPosting, title: str, body: str, where: tuple[Place, ...]) -> tuple[Pay, ...]:
    """Pay from the fields of the source; from title and text where they say nothing."""
    lands = tuple(dict.fromkeys(place.country or "" for place in where))
    country = (lands[0] or None) if len(lands) == 1 else None
    several = lands if len(lands) > 1 and all(lands) else ()
    stated = pay.from_fields(raw.pay, country=country, countries=several)
    if any(said.kind == "base" for said in stated):
        return stated
    read = pay.from_text(title, country=country, countries=several) or pay.from_text(body, country=country, countries=several)
    return (*stated, *read)


def _language(stated: str | None, body: str) -> tuple[str | None, Evidence | None]:
    if match := _TONGUE.match(stated or ""):
        return match["code"].lower(), Evidence("stated", stated or "")
    found = language.detect(body)
    return (found, Evidence("inferred", "")) if found else (None, None)
