"""The time zone of this machine, for whoever has not said another."""

from __future__ import annotations

from zoneinfo import ZoneInfo


def local_zone() -> str:
    """The name of the machine's zone ("Europe/Berlin"); UTC where it has none that can be named."""
    from tzlocal import get_localzone_name

    try:
        name = get_localzone_name()
        ZoneInfo(name)
    except (LookupError, ValueError, OSError, TypeError):
        return "UTC"
    return "UTC" if name.startswith("Etc/") else name
