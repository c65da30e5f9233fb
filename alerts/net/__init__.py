"""The one HTTP client: time-outs, size caps, address checks, which failures may pass.

address.py     an address taken apart strictly, and shown without what is secret in it
guard.py       which network addresses may be connected to (the deny list is ``denied.tsv``)
budget.py      what one request may still use up: seconds until its deadline, bytes of its head
resolve.py     from a name to addresses, within the time left
stream.py      the sockets beneath the pool: resolve once, judge, pin, and keep to the budget
decode.py      the body of an answer, inflated no further than allowed
headers.py     what is said and read in headers: who we are, validators, Retry-After
redirect.py    where a redirect leads, and what may be taken along
faults.py      what went wrong on the way, in a line that says what to do
client.py      ask a source, post to a channel
"""
