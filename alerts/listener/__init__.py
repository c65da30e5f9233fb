"""One HTTP listener beside the work: health, metrics, and whatever page is hung into it.

watched.py    What the listener asks of the process that it speaks for
listener.py   The listener in a thread of its own: started, moved at a reload, stopped in time
bound.py      The socket: bound before anything else, so that a port that is taken is one clear line
app.py        Its addresses: /healthz, /readyz, /metrics, and the page that is hung into it
hosts.py      Only who asks for it by its own name is answered: a page elsewhere cannot read it through a browser
"""
