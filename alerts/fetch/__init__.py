"""Polite, pinned HTTP: time-outs, size caps, address checks, pace for each host, only what has changed.

fetcher.py     asks for pages: politely, only when changed, never too much
address.py     an address taken apart strictly, and shown without what is secret in it
guard.py       which network addresses may be connected to; the deny list is ``denied.tsv``
budget.py      what one request may still use up: seconds until its deadline, bytes of its head
resolve.py     from a name to addresses, within the time left
stream.py      the sockets beneath the pool: resolve once, judge, pin, and keep to the budget
decode.py      the body of an answer, inflated no further than allowed
headers.py     what is said and read in headers: who we are, validators, Retry-After
redirect.py    where a redirect leads, and what may be taken along
faults.py      what went wrong on the way, in a line that says what to do; never a word of what the other side sent
transport.py   the httpx client and the transport beneath it: connections that are kept, over sockets that are pinned
connection.py  one request and its answer, over connections that are kept
client.py      ask a source, post to a channel: the one way out of the house
throttle.py    when a host may be asked again: so many requests at once, so long between two, not before it said
robots.py      what a site's robots.txt asks of us
probe.py       can a host be reached? Its name, the line, its certificate, and what time it says it is
"""
