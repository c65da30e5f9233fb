"""job-alerts: reads the places where jobs are published and tells a person once, with the reason why.

The map, in the order of the story. A caption is the first line of its file; a test keeps this true.

    cli.py         The command ``job-alerts``: finds the command, reads the call, says errors in one line.
    commands/      The commands, one file each, a few lines each.
    demo/          The main job shown whole, with boards, an SMTP server and a webhook receiver of its own.
    daemon.py      Both halves kept running: what is due is asked for every second, signals are obeyed, systemd is told.
    start.py       From a configuration to the means of work: lock, store, HTTP client, reading child, compiled searches.
    words.py       What the halves of the story did, in one line each: for the log and for the terminal.
    config/        TOML in; sources, searches and channels out; every mistake at once, each with its place.
    plan.py        What the configuration asks for, as values: settings, sources, searches and channels, checked and ready to use.
    poll.py        First half of the story: one source → the outbox.
    gather.py      All pages of one source → one listing: what to ask, when to stop, and what vouches for "nothing changed".
    keep.py        The one transaction of a poll: postings, jobs and events are kept, and alerts owed, all or nothing.
    attend.py      Which stored postings a listing still shows: what is missing for long is closed, what comes back opens.
    announce.py    An event of a job → alerts owed, to the searches that asked for its kind.
    tell.py        From an event and its matches to alerts owed: to which channels, when, and never twice.
    wanted.py      The saved searches, compiled once: which want a posting, which could still want it, what to ask for.
    revisit.py     A new or edited search is run over the open jobs that are stored; only ``backfill`` makes it tell what is old.
    pace.py        When a source is read next: its interval, its terms, its habit, and patience after failures.
    deliver.py     Second half of the story: outbox → channel.
    retry.py       When a message that did not arrive is tried again, and when it is given up. Pure.
    views.py       Rows of the store → the alert that a message shows: the job with all its places, the employer's own first.
    letters.py     The user's letter template and facts, read from their files.
    health.py      Trouble that lasts becomes one word to the operator, and its end another.
    summary.py     The weekly word: what was watched, found, told and hidden, and what is in trouble; a sign of life.
    exchange.py    Fresh exchange rates from the European Central Bank, once a day, for ``settings.rates = "ecb"``.
    likes.py       ``like = ["https://…"]``: an address becomes the text of the job there, read once and kept.
    means.py       What both halves of the story work with, handed to them as one value.
    sniff.py       Which kind of source does a saved page look like? The one that reads the most postings from it.
    discover/      Finds the source behind an address: a board, a feed, a sitemap, a page; and looks whether it answers.
    record.py      A posting as the JSON object that ``read --json`` and ``export`` print; its names are a promise to programs.
    whole.py       The postings of one job → the job as a whole: the employer's own first, its gaps filled from the others.
    sources/       Where postings come from: one file a kind; bytes in, raw postings out; never the network.
    fetch.py       Ask for pages: politely, only when changed, never too much.
    reader/        Has pages read in a child process with limits, so that a hostile page costs one reading and nothing else.
    reading/       What bytes say: shared readers for the source kinds; hostile input in, plain values out (pure).
    normalise/     Raw posting → posting: pay, places, work type, level, text, addresses (pure).
    dedupe/        New, known, changed or reposted? And of which job? (pure)
    match/         Which searches want a posting, and why (pure).
    store/         SQLite; the only SQL in the house; one file a table, numbered migrations.
    render/        Alerts → message: subject, text, HTML, blocks, JSON (pure).
    channels/      Where alerts go: one file a kind; one message, one attempt.
    net/           The one HTTP client: time-outs, size caps, address checks, which failures may pass.
    schedule.py    When a message may go out: schedules and quiet hours, in the user's time zone.
    options.py     What the options of every kind share: strict pydantic models, secrets that never show.
    plugins.py     Find the file that answers to a kind: the folder is the registry, entry points add those of third parties.
    model.py       The values handed on, in the order of the pipeline; frozen, slotted, and ignorant of everything else.
    errors.py      What can go wrong, drawn as a tree; every message says what the operator can do.
"""

__version__ = "0.1.0"
