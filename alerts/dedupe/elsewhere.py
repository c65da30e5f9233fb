"""The words of a posting's places and employer: in its title they say nothing new."""

from __future__ import annotations

from alerts.model.identity import Fingerprint
from alerts.normalise import gazetteer


def said_elsewhere(f: Fingerprint) -> frozenset[str]:
    """Folded words of cities, regions, countries (code and name) and the company."""
    lands = (gazetteer.fold(gazetteer.country_name(spot[2].upper())) for spot in f.places if spot[2])
    said = (*(part for spot in f.places for part in spot), *lands, f.company)
    return frozenset(word for part in said for word in part.split())
