"""job-alerts: reads the places where jobs are published and tells a person once, with the reason why.

The map, in the order of the story. A caption is the first line of its file; a test keeps this true.

    cli/         The command line: ``job-alerts`` and its commands, one file each; the demo.
    daemon/      Both halves kept running: scheduler, signals, systemd.
    listener/    One HTTP listener beside the work: health, metrics, and whatever page is hung into it.
    desk/        The desk: a page of one's own, where a job hunt is seen and steered; no script needed, GET changes nothing.
    acts/        What a person says and asks of jobs, by command or at the desk: one way of doing each, over the store.
    config/      TOML in; sources, searches and channels out; every mistake at once, each with its place.
    poll/        First half of the story: one source → the outbox.
    notify/      Second half of the story: events → alerts owed → messages on channels; and the operator notified of trouble.
    discover/    Finds the source behind an address: a board, a feed, a sitemap, a page; and looks whether it answers.
    sources/     Where postings come from: one file a kind; bytes in, raw postings out; never the network.
    fetch/       Polite, pinned HTTP: time-outs, size caps, address checks, pace for each host, only what has changed.
    parse/       What bytes say: shared readers for the source kinds; hostile input in, plain values out (pure).
    normalise/   Raw posting → posting: pay, places, work type, level, text, addresses (pure).
    sandbox/     The child process in which strangers' bytes are read under limits: a hostile page costs one reading only.
    dedupe/      New, known, changed or reposted? And of which job? (pure)
    match/       Which searches want a posting, and why (pure).
    store/       SQLite or PostgreSQL; the only SQL in the house; one file a table, numbered migrations.
    render/      Alerts → message: subject, text, HTML, blocks, JSON (pure).
    channels/    Where alerts go: one file a kind; one message, one attempt.
    oauth/       Mail without a password: a token by a program of the user's, or by logging in once at Microsoft or Google.
    plugins.py   Find the file that answers to a kind: the folder is the registry, entry points add those of third parties.
    model/       The values that flow, from a source's page to a message: frozen, slotted, and ignorant of everything else.
"""

__version__ = "0.1.0"
