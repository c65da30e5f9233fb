"""Polite, pinned HTTP: time-outs, size caps, address checks, pace for each host, only what has changed.

fetcher.py     asks for pages: politely, only when changed, never too much
address.py     an address taken apart strictly, and shown without what is secret in it
guard.py       which network addresses may be connected to; the deny list is ``denied.tsv``
budget.py      what one request may still use up: seconds until its deadline, bytes of its head
resolve.py     from a name to addresses, within the time left
proxies.py     which proxy is taken for which host; imports no HTTP, as the configuration is checked by it too
proxy.py       connections to the proxy that is the way out
ways.py        what the connections of one client share
stream.py      the sockets beneath the pool: resolve once, judge, pin, and keep to the budget
head.py        the head of an answer, without the lines that are no headers
decode.py      the body of an answer, inflated no further than allowed
certificates.py  which authorities are believed, and what helps when a certificate is refused
headers.py     what is said and read in headers: who we are, validators, Retry-After
http.py        httpx without its command line, which it would import where rich is installed: that takes longer than all the rest
conditional.py is a conditional answer to be believed? What speaks against a 304, and what is refused for its validators
redirect.py    where a redirect leads, and what may be taken along
cookies.py     cookies that are set on a redirect, for that one chain
faults.py      what went wrong on the way, in a line that says what to do; never a word of what the other side sent
transport.py   the httpx client and the transport beneath it: connections that are kept, over sockets that are pinned
connection.py  one request and its answer, over connections that are kept
client.py      ask a source, post to a channel: the one way out of the house
throttle.py    when a host may be asked again: so many requests at once, so long between two, not before it said
robots.py      what a site's robots.txt asks of us
probe.py       can a host be reached? Its name, the line, its certificate, and what time it says it is
"""
