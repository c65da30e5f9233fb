"""Can a remote job be done from where one is? Its scope (scope.py) beside an area that a user speaks of."""

from __future__ import annotations

from alerts.normalise import hours
from alerts.normalise.areas import Area, members


def scope_allows(scope: tuple[str, ...], excluded: tuple[str, ...], area: Area) -> bool | None:
    """Can I do this remote job from there? None where nothing is said, or where the area is wider than what is said."""
    mine = _of_area(area)
    if mine & set(excluded):
        return False
    if not scope or not mine:
        return None
    answers = [_allows(code, mine) for code in _without_hours(scope)]
    answer = True if True in answers else None if None in answers else False
    zones = tuple(code for code in scope if code.startswith("TZ:"))
    # Who lives elsewhere may keep the hours all the same: it is not certain.
    return None if answer and zones and hours.keeps(zones, mine) is False else answer


def _without_hours(scope: tuple[str, ...]) -> tuple[str, ...]:
    """``US, CA, TZ:US``: beside named areas, their own time zone tells the hours and lets nobody else in."""
    named = {land for code in scope if not code.startswith("TZ:") for land in members(code.partition("-")[0])}
    return tuple(code for code in scope if not (code.startswith("TZ:") and members(code) & named))


def _of_area(area: Area) -> set[str]:
    """The codes that stand for the area itself: its country, and its region."""
    if area.centre and area.centre.country:
        land, region = area.centre.country, area.centre.region
        return {land, f"{land}-{region}"} if region else {land}
    return {part for code in area.codes for part in (code, code.partition("-")[0])} if area.codes else set()


def _allows(code: str, mine: set[str]) -> bool | None:
    if code == "WORLD" or code in mine:
        return True
    land, _, _region = code.partition("-")
    if code.startswith("TZ:"):
        return True if members(code) & mine else None
    if _region:
        # A job for one state, and I have named another one or only the country.
        regions = {own for own in mine if own.startswith(f"{land}-")}
        return False if regions or land not in mine else None
    inside = members(code)
    if inside & mine:
        return True
    zones = [members(own) for own in mine if len(own) > 2 and "-" not in own]
    return bool(any(zone & inside for zone in zones))
