"""Raw posting → posting: pay, places, work type, level, text, addresses (pure).

posting.py        Raw posting → posting: every field read, each with its basis and the words it was read from.
alternatives.py   Alternatives: many words as one regular expression, grouped by first letter, so that most are passed over.
tables.py         Tables: the files of ``data/``, read when they are first asked for.
cues.py           Plain words in a text: where each of a list stands; all lists are looked for in one pass, however long they are.
lowered.py        Lower case: a text in small letters, made once for all the parts that look into it.
text.py           Text: clean, readable plain text, safe HTML and one-line titles from whatever a source sends.
sections.py       Sections: which part of a posting a passage stands in (requirements, benefits, about …).
language.py       Language: which one a text is written in, by its script, its small words or groups of letters.
trigrams.py       Trigrams: the language of a line too short to hold small words, by its groups of three letters.
employer.py       Who the employer may be where only the title says so: "Role at X", "Role @ X", "X: Role".
dates.py          Dates: whatever a source calls one, as an aware datetime in UTC; nonsense is unknown.
dates_words.py    Dates in words: months, ages and time zones in the languages of the sources.
company.py        Company names folded for comparison: no legal form, no sign, no "The"; known aliases are one.
headline.py       The stretches of a title or a posting's first line that speak of place and work type.
places.py         Places of work: what location fields say, as city, region and country.
placewords.py     A location field cut into stretches of words, each with what it may mean.
placelookup.py    What one stretch of words may mean as a place: every reading that the gazetteer has for it.
placehints.py     What an address says of its country beside the names in it: postcodes, departments, words of streets.
placejoint.py     All elements of one place are chosen together: the county or postcode that holds a town settles which it is.
placegroups.py    Which words of a location make up one place together: a town with its state and country.
placereadings.py  The best reading of a place's words: city, region and country agree; people settle the rest.
gazetteer.py      Names of cities, regions, countries and zones: what GeoNames and CLDR know, found in microseconds.
areas.py          An area that a user speaks of: a country, region, city, zone such as the EU, or circle around a city.
refusals.py      Is remote work refused in a sentence? By its negation and the words between, not by whole phrases
work.py           Remote, hybrid or onsite: from fields, places, title and sentences, with look-alikes refused.
worktongues.py    Work types in languages other than English, by what the words of one sentence are together.
hours.py          Hours: the time zones in which a remote worker must live or work, as sentences demand it.
local.py          Local: the town or area in which a remote worker must live, as sentences demand it.
scope.py          Where a remote job may be done.
reach.py          Can a remote job be done from where one is?
level.py          How high a job stands: intern … executive, from its title or the source's own word.
employment.py     How one is employed: full-time, part-time, contract, temporary, internship and more.
category.py       What kind of work it is, and in which trade: a small mapping from words of the source and the title.
pay.py            Pay: from fields and from words, in the stated period and currency, each with the words it was read from.
pay_fields.py     Pay fields: what a source states of pay in fields of its own, with its own words for the period.
pay_text.py       Pay statements in running text, each judged by what stands around it.
pay_said.py       Pay said: a short string of a person read as pay, and pay printed so that reading it gives the same value.
amounts.py        Amounts: every figure of money in a text, as written: value, multiplier, currency sign, and ranges joined.
pay_context.py    Pay context: a figure with the clause that it stands in, which the other pay files look at.
pay_judge.py      Pay judged: is a figure pay, and how sure is that? By the words round it.
pay_roles.py      Pay roles: what the words round a figure call it, before it, behind it and in the heading above it.
pay_words.py      Pay words: what the words round a figure say of it (pay, bonus, perk …), its period and its open end.
pay_ends.py       Pay ends: which end of a range a single figure is, and whom the figure is for.
pay_period.py     Pay period: hour, day, week, month or year, as said beside a figure or told by its size.
pay_tax.py        Pay tax: is a figure before tax or after it, as the words beside it say?
pay_currency.py   Pay currency: which money a figure is in, by its signs, the words near it and the country.
currency.py       Currency: which one a sign, code or word means, settled by the place where it is ambiguous.
rates.py          Exchange rates with their date, and pay as a yearly amount in another currency.
experience.py     Experience: the least years that are asked for, never the company's age.
eligibility.py    Eligibility: sponsorship, permit, clearance, citizenship, degree, languages, each with its sentence.
data/             Tables: words, names and codes that the files above read on first use.
"""
