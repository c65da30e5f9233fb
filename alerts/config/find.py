"""Where the configuration is found, and where the database belongs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from alerts.model.errors import ConfigError

SYSTEM = Path("/etc/job-alerts/config.toml")
#: Where systemd keeps the state of the service that the unit names.
SYSTEM_STATE = Path("/var/lib/job-alerts")


def user_file(env: Mapping[str, str]) -> Path:
    """The file that ``init`` writes for a user: in ``$XDG_CONFIG_HOME`` or the platform's own folder."""
    if base := env.get("XDG_CONFIG_HOME"):
        return Path(base) / "job-alerts" / "config.toml"
    import platformdirs

    return platformdirs.user_config_path("job-alerts") / "config.toml"


def find(given: str | None, env: Mapping[str, str] = os.environ) -> Path:
    """The first of ``--config``, ``$JOB_ALERTS_CONFIG``, the user's file, the system's file; raises ConfigError."""
    for chosen in (given, env.get("JOB_ALERTS_CONFIG")):
        if chosen:
            return Path(chosen).expanduser()
    user = user_file(env)
    for place in (user, SYSTEM):
        if place.is_file():
            return place
    raise ConfigError([f"no configuration found at {user} or {SYSTEM}; write one with: job-alerts init"])


def state_folder(config: Path, env: Mapping[str, str] = os.environ) -> Path:
    """Where the database lives unless the file says otherwise; the same for the service and for a person who asks beside it.

    ``$STATE_DIRECTORY`` (systemd), the system's folder for the system's configuration, else the user's own.
    """
    if folder := env.get("STATE_DIRECTORY"):
        return Path(folder.split(":")[0])
    if config.absolute().parent == SYSTEM.parent:
        return SYSTEM_STATE
    import platformdirs

    return platformdirs.user_state_path("job-alerts")
