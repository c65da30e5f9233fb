"""What bytes say: shared readers for the source kinds; hostile input in, plain values out (pure).

decode.py      bytes to text: byte-order marks, declared and wrong character sets
values.py      typed getters for hostile data: text, numbers, lists and paths that never raise
addresses.py   which addresses are links, resolved against their page; the parts of a pasted address
jsontext.py    JSON that says what is wrong: a web page, a bot check, a bomb
xmltext.py     XML without DTDs and entities, row by row, by local names
markup.py      HTML: trees, plain lines, links, alternate feeds
jsonld.py      schema.org JobPosting objects in a page: JSON-LD and microdata
jobposting.py  one schema.org JobPosting object as the loose fields of a posting
build.py       loose fields made into raw postings: the unusable dropped, repeated ids united
"""
