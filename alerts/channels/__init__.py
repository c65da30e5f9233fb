"""Where alerts go: one file a kind; one message, one attempt.

A kind is a module ``alerts/channels/<kind>.py`` (or an entry point of the group ``job_alerts.channels``) with

    FORM = "email"                                        which renderer makes its messages (a file of ``alerts/render``)
    LIMITS = Limits(…)                                    what one message can carry
    class Options(alerts.model.options.Options)                 the kind's own keys
    send(message, options, client) -> Outcome             one attempt: sent, later (when, why) or refused (why)
    probe(options, client) -> _probe.Probe                if it can: could it be reached? Nothing is sent
    remark(options) -> str | None                         if it can: what is known to fail before it is tried

Retrying is the outbox's work alone. ``client`` is the one HTTP client (``alerts.fetch.client.Client``). No secret ever
stands in an Outcome.
"""
