"""One HTTP listener beside the work: health, metrics, and whatever page is hung into it.

watched.py    What the listener asks of the process that it speaks for
listener.py   The listener in a thread of its own: started, moved at a reload, stopped in time
asked.py      Does it answer? Asked by `status` as anybody else would ask it
bound.py      The socket: bound before anything else, so that a port that is taken is one clear line
app.py        Its addresses: /healthz, /readyz, /metrics, and the page that is hung into it
tally.py      What was done since the start, counted: plain numbers, whether or not anybody asks for them
figures.py    What can be said in numbers of a daemon at one moment
metrics.py    The figures as Prometheus reads them: names, units and types by its rules; a registry of their own, nothing global
hosts.py      Only who asks for it by its own name is answered: a page elsewhere cannot read it through a browser
"""
