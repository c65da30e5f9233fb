"""Fresh exchange rates from the European Central Bank, once a day, for ``settings.rates = "ecb"``."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

from alerts.model.errors import FetchError
from alerts.model.page import Request
from alerts.normalise.rates import Rates
from alerts.notify.means import Means
from alerts.store.store import Store

#: The bank's file of the day, as zipped CSV.
ADDRESS = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref.zip"
FACT = "rates"
EVERY = timedelta(hours=20)


def refresh(means: Means, now: datetime, address: str = ADDRESS) -> str | None:
    """Fetch the rates of the day when the kept ones are old; what to log, if anything. The shipped ones stand in."""
    if means.plan.settings.rates != "ecb":
        return None
    tried = means.store.fact(f"{FACT}-tried")
    if tried and timedelta(0) <= now - tried[1] < EVERY:
        return None
    means.store.keep_fact(f"{FACT}-tried", "", now)
    try:
        answer = means.client.ask(Request(address))
        if answer.status != 200:
            raise FetchError(f"HTTP {answer.status}")
        day = Rates.from_ecb_csv(answer.body).day
    except (FetchError, ValueError) as error:
        return f"exchange rates could not be fetched, the last ones go on: {error}"
    means.store.keep_fact(FACT, base64.b64encode(answer.body).decode(), now)
    return f"exchange rates of {day} are used from the next reload or start"


def kept(store: Store) -> Rates:
    """The rates fetched last, else those that are shipped."""
    fact = store.fact(FACT)
    return Rates.from_ecb_csv(base64.b64decode(fact[0])) if fact else Rates.load()
