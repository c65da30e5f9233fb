"""What bytes say: shared readers for the source kinds; hostile input in, plain values out (pure).

decode.py      bytes to text: byte-order marks, declared and wrong character sets (charsets.toml)
values.py      typed getters for hostile data: text, numbers, lists and paths that never raise
digits.py      Digits: figures of any script as the ten that all rules know, place for place, so that offsets stay.
figures.py     Figures: amounts of money that sources write as text in fields of their own ("45.000", "15,50", "45'000", "45k").
addresses.py   which addresses are links, resolved against their page; the parts of a pasted address
calls.py       requests that interfaces want: query strings, JSON bodies, and where a page of many stands
durations.py   spans of time as APIs write them
jsontext.py    JSON that says what is wrong: a web page, a bot check, a bomb
answers.py     answers of JSON interfaces: the rows where they should be, a posting with its details
xmltext.py     XML without DTDs and entities, row by row, by local names
feed.py        RSS, Atom and JSON Feed: entries with the job fields that publishers add
feed_entry.py  one entry of a feed and the feed itself, as values; job fields by local names
feed_plain.py  well-formed feeds of the usual shape in one pass of expat; None for every other
feed_shared.py what the plain readers of RSS and Atom share
feed_rss.py    RSS 2.0 from its tree
feed_atom.py   Atom 1.0 from its tree
slices.py      a feed cut into its entries, in bytes, so that those seen before need not be parsed
code.py        which code reads pages, as a short name: what was read by another may be read differently now
markup.py      HTML: trees, plain lines, links, alternate feeds
pagedata.py    data that pages carry in their scripts
jsonld.py      schema.org JobPosting objects in a page: JSON-LD, microdata and RDFa
jobposting.py  one schema.org JobPosting object as the loose fields of a posting
labelled.py    job pages without markup for machines: facts as label and value, the title, the text
headline.py    a headline with parts in any order: "Acme | Backend Engineer | Berlin | REMOTE (EU)"
jobpage.py     the postings that a page shows; an entry of a listing completed by its own page
build.py       loose fields made into raw postings: the unusable dropped, repeated ids united
"""
