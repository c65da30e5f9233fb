"""Where postings come from: one file a kind; bytes in, raw postings out; never the network.

A kind is a module ``alerts/sources/<kind>.py`` (or an entry point of the group ``job_alerts.sources``) with

    ABOUT = About(title=…)                                what ``kinds`` and the documentation print
    class Options(alerts.model.options.Options)           the kind's own keys; ``base_url`` with the public endpoint as default
    recognise(address) -> dict[str, object] | None        the options, when a pasted address is certainly of this kind
    first(options, asking) -> tuple[Request, ...]         what to ask for first
    read(page, options) -> Reading                        what a page says; the next request; whether it was complete
    detail(raw, options) -> Request | None                optional: where the details of a posting are
    read_detail(page, raw, options) -> RawPosting         optional: the posting with its details
    form(posting, options) -> Request | None              optional: where the questions of the application's form are
    read_form(page, options) -> tuple[Question, ...]      optional: what that form asks

``read`` raises ReadError when the body is not what the kind says (HTML where JSON was), skips a row it cannot read and
says so in ``Reading.problems``, and never returns a posting without id, address and title. The docstring of a kind tells
the endpoint, what it gives, what it lacks, which date is trusted and why. Dates, text, XML and JSON-LD are read with
``alerts.parse``; values are handed on as the source said them, ``normalise`` makes them comparable.
"""
