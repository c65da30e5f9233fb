"""New, known, changed or reposted? And of which job? (pure)

address.py      whom a job address speaks of: system, tenant, id (rules in systems.toml)
canonical.py    one spelling for the many ways to write an address (noise.toml)
title.py        a title folded and taken apart (titles.toml)
wrapping.py     what titles carry besides the work: workload, openings, forms for all genders
elsewhere.py    words that a posting says elsewhere than in its title
places.py       do two postings speak of the same places? (places.toml)
companies.py    are two folded names one employer?
signature.py    a few hundred bytes that say how alike two texts are
fingerprint.py  a posting reduced to what identity is judged by
blocks.py       the keys by which possible twins are looked up
nearby.py       which of those are judged: a bounded number, those first that could be proved
evidence.py     what speaks for and against two postings being one job (findings.toml)
grouped.py      two rows of one source that it put into one group: are they one job?
judge.py        the verdict: proved by identities, else weighed (weights.toml)
choose.py       which stored job a new posting joins
consolidate.py  the postings of one job → the job as a whole: the employer's own first, gaps filled from the others
decide.py       what a listed posting is, and what follows
changes.py      what changed in a posting
presence.py     closed, reopened, over
"""
