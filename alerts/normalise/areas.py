"""An area that a user speaks of: a country, a region, a city, a zone such as the EU, or a circle around a city."""

from __future__ import annotations

from dataclasses import dataclass

from alerts.model import Place


@dataclass(frozen=True, slots=True)
class Area:
    """``codes`` are ISO2 countries, "US-CA" regions or zone names (EU, EMEA, WORLD …); any of them will do.

    ``centre`` is a city: exactly that one, or everything within ``km`` of it.
    """

    text: str
    codes: tuple[str, ...] = ()
    centre: Place | None = None
    km: float | None = None
