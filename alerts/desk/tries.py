"""How often somebody tried of late: who tries too often waits."""

from __future__ import annotations

from datetime import datetime, timedelta

#: Those who are remembered, and the tries of each.
WHO, EACH = 10_000, 60


class Tries:
    """Kept in memory: a restart forgives."""

    def __init__(self) -> None:
        self._made: dict[str, list[datetime]] = {}

    def paused(self, who: str, most: int, span: timedelta, now: datetime) -> datetime | None:
        """Until when ``who`` may not try again; None: there were fewer than ``most`` (at most EACH) in the span before now."""
        recent = self._recent(who, span, now)
        return recent[-most] + span if len(recent) >= most else None

    def made(self, who: str, span: timedelta, now: datetime) -> None:
        """One more; what is older than the span is forgotten."""
        if len(self._made) > WHO:
            self._made.clear()
        self._made[who] = [*self._recent(who, span, now), now][-EACH:]

    def _recent(self, who: str, span: timedelta, now: datetime) -> list[datetime]:
        return [at for at in self._made.get(who, ()) if at > now - span]
