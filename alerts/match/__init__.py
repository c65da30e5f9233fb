"""Which searches want a posting, and why (pure).

scripts.py       Scripts that need more than spaces to tell words: Chinese, Japanese, Thai, Khmer, Lao, Burmese, Korean, Arabic.
words.py         A text as words: folded, with their places; C++, .NET, Node.js, R&D and full-stack stay what they are.
occupations.py   The table of occupations: which forms one has, and which words end compounds in their language.
forms.py         Which words are forms of one word: Snowball's stems, held back where they join what job hunters keep apart.
says.py          What a text must say: single words, phrases, words that stand together, and choices between them.
naming.py        Is a word in a text the name that is searched for? ``Go`` in *backend in Go*, not in *go far* or *Go-to-market*.
aliases.py       Aliases of the trade (``k8s`` is kubernetes), a data file that the user extends or switches off.
related.py       What else a word of an entry stands for: forms by gender and number, compounds, the same in one word or two.
entry.py         An entry as the user wrote it → what the text must say: words, "phrases", prefixes*, field: marks.
spans.py         Where words stand in a text: the characters at a position, found by counting lines and reading one word only.
text_index.py    A posting's words, field by field, and where an expression stands in them.
readings.py      What ``normalise`` knows of a user's words: areas, pay, rates, companies, categories; the one door to it.
values.py        A user's words for values → the values: levels, languages, durations, pay, places; each with its complaint.
likeness.py      How alike a posting is to a text that the user likes, by the words they share.
spoken.py        The languages that a posting asks for: each demand a choice of codes, one of which is enough.
conditions.py    Conditions on a posting's values: place, work, pay, age, company …; each answers yes, no or unknown.
tree.py          A search as a tree: all, any and not over conditions; equal conditions are equal values.
compile.py       A search as the user wrote it → conditions that can be asked; every mistake at once, each with its key.
query.py         The text form of a search: Boolean language in Lucene's syntax; errors point at the column.
query_fields.py  The fields of the query language: what a word, phrase or range means under each of them.
write.py         A search in the table form → the text form, which means the same.
table.py         A search in the text form → the table form, as far as its keys can say it; what they cannot stays a query.
as_table.py      The text form of a search → keys of the file, word for word as ``write`` would write them; the rest is a query.
evaluate.py      What a search says of a posting: yes, no or unknown for every condition, with the words that say so.
explain.py       Why a search wants a posting or not: its tree, the first failure, near misses; the short form for alerts.
clauses.py       Searches taken apart into clauses, each of which must hold; what searches share is kept once.
facts.py         The conditions on values that any search has, answered for a posting at once: looked up where possible.
vocabulary.py    All words that any search speaks of, and which of the searches' texts a posting says.
saying.py        What one posting says to the conditions of all searches.
index.py         An index of searches: a posting finds its searches, at a cost that grows with what it matches.
index_batch.py   Many postings at once: for every condition a bit set over the postings; a search is their AND.
index_single.py  One posting against very many searches: for every condition a bit set over the searches.
matcher.py       The saved searches, compiled once: which want a posting, which could still want it, what to ask for.
nearly.py        What kept a posting out, condition by condition, also inside a query: one alone is a near miss.
glance.py        May a text say what is asked? Told from its bytes at a glance: often a certain no, never a wrong one.
spotted.py       Does a text say it? Told from its letters and from the few words at which they stand.
heads.py         The short fields of some postings (title, tags, company): of every word the postings that have it, as bits.
prepared.py      Stored postings, in blocks: what each says to a condition is asked once and kept as bits.
weighed.py       A condition over a block: which satisfy it, and which are kept out by how many parts of it; all as bits.
dead.py          Words of a search that no stored posting has in any form; with the nearest word that some have.
preview.py       A search tried over stored postings: what it would tell, how it differs, what in it is of no use.
"""
