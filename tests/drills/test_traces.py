"""An id leads from what `status` and `deliveries` say to the lines of the daemon's log, and back."""

from __future__ import annotations

import json
import re

from alerts.cli.demo.site import Given
from tests.drills.house import BOARD, HOOK, SEARCH, House


def test_the_log_has_the_ids_that_status_and_deliveries_name():
    with House() as house:
        house.configure(BOARD + SEARCH + HOOK)
        with house.start() as daemon:
            daemon.until(lambda: house.reads > 1)
            house.publish = 1
            daemon.until(lambda: house.hooked)
            house.page = Given(b"broken", 500, "text/plain")
            daemon.until(lambda: "500" in daemon.log())
            status = json.loads(house.call("status", "--json").stdout)
            sent = json.loads(house.call("deliveries", "--state", "sent", "--json").stdout.splitlines()[0])
            shown = json.loads(house.call("deliveries", "show", sent["id"], "--json").stdout)
            log = daemon.log()
    failed = next(source["poll"] for source in status["sources"] if source["failures"])
    assert re.search(rf"WARNING .*500.*\[poll {failed}\]", log), log
    brought = shown["alerts"][0]["poll"]
    assert re.search(rf"INFO .*1 alert owed \[poll {brought}\]", log), log
    assert re.search(rf"INFO hook: sent 1 alert \({sent['id']}\)", log), log
