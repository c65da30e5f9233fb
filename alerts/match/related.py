"""What else a word of an entry stands for: forms by gender and number, compounds, the same in one word or two.

All of it is written out when a search is compiled, whatever language a posting will be in; asking a posting costs no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from alerts.match import naming, occupations, scripts
from alerts.match.says import LOOSE, Either, Expression, Phrase, Term, Together

#: Stems shorter than this take no other ending.
_STEM = 4
#: Words of an entry beyond these are not read as one.
_JOINED = 4


def widen(expression: Expression) -> Expression:
    """The expression with every word that may stand in any form as a choice of what it stands for."""
    if isinstance(expression, Term):
        if expression.kind == "name" and (name := naming.of(expression.word)) and name.kind == "trade":
            return Either((expression, Term(f"{expression.word}s", "name")))
        return _choice(expression) if expression.kind == "form" else expression
    parts = tuple(map(widen, expression.parts))
    if isinstance(expression, Either):
        return Either(
            tuple(dict.fromkeys(one for part in parts for one in (part.parts if isinstance(part, Either) else (part,))))
        )
    return Phrase(parts) if isinstance(expression, Phrase) else Together(parts, expression.slop)


def _choice(term: Term) -> Expression:
    others = related(term.word)
    return Either((term, *others)) if others else term


@lru_cache(maxsize=50_000)
def related(word: str) -> tuple[Expression, ...]:
    """What a folded word stands for beside itself."""
    if scripts.is_korean(word):
        return _korean(word)
    if len(word) < _STEM or not word.isalpha():
        return ()
    found: list[Expression] = []
    listed = occupations.forms(word)
    for one in listed:
        found += [Term(form, "head" if one.heads else "exact") for form in one.words if one.heads or form != word]
    if not listed:
        found += _compound(word)
    heads = {term.word for term in found if isinstance(term, Term) and term.kind == "head"}
    found += [Term(form, "exact") for form in _endings(word) if form not in heads]
    return tuple(dict.fromkeys(found))


def _compound(word: str) -> list[Expression]:
    """Of a compound all forms, longer compounds with it, and its two parts side by side."""
    cut = occupations.split(word)
    if cut is None:
        return []
    front, heads = cut
    fronts = {front[: len(front) - len(link)] for link in occupations.rules().links if front.endswith(link)}
    alone = tuple(Term(head, "exact") for head in heads)
    apart = [Phrase((Term(one, "exact"), Either(alone))) for one in sorted(fronts) if len(one) >= occupations.FRONT]
    return [*(Term(front + head, "head") for head in heads), *apart]


def _endings(word: str) -> list[str]:
    """The word with the endings that its own stands beside."""
    found: dict[str, None] = {}
    for group in occupations.rules().endings:
        own = max((end for end in group if word.endswith(end)), key=len, default="")
        if own and len(word) - len(own) >= _STEM - (len(own) > 2):
            found.update((word[: -len(own)] + end, None) for end in group if end != own)
    found.pop(word, None)
    return list(found)


def _korean(word: str) -> tuple[Expression, ...]:
    """At the end of a longer word; its parts side by side."""
    if len(word) < 2:
        return ()
    *_, bare = ("", *scripts.korean_parts(word))
    head = word[len(bare) :] if bare and word.startswith(bare) else ""
    apart = [Phrase((Term(bare), Term(head)))] if head and bare != word else []
    return (Term(word, "head"), *apart)


def together(said: Sequence[Expression], wide: Sequence[Expression], slop: int | None) -> Expression:
    """All parts; where they may stand anywhere near, also with two of them as one word: ``Java Entwickler``, ``Javaentwickler``.

    ``said`` are the parts as they were written, ``wide`` what they stand for.
    """
    whole = Together(tuple(wide), slop)
    if slop != LOOSE or len(said) > _JOINED:
        return whole
    options: list[Expression] = [whole]
    for at in range(len(said) - 1):
        if joined := _joined(said[at], said[at + 1]):
            rest = (*wide[:at], joined, *wide[at + 2 :])
            options.append(joined if len(rest) == 1 else Together(rest, slop))
    return options[0] if len(options) == 1 else Either(tuple(options))


def _joined(first: Expression, second: Expression) -> Expression | None:
    """Two words as one; with a link between them where the second ends compounds."""
    words: dict[Expression, None] = {}
    for front, end in product(_solid(first), _solid(second)):
        heads = [form for found in occupations.forms(end) if found.heads for form in found.words]
        if front + end not in occupations.rules().apart:
            words[Term(front + end)] = None
            words.update((Term(front + link + head, "exact"), None) for head in heads for link in occupations.rules().links[:5])
    return None if not words else next(iter(words)) if len(words) == 1 else Either(tuple(words))


def _solid(part: Expression) -> list[str]:
    """The words that a part is, if it is one that another may be joined to."""
    terms = [term for term in (part.parts if isinstance(part, Either) else (part,)) if isinstance(term, Term)]
    return [term.word for term in terms if term.kind == "form" and len(term.word) > 1 and term.word.isalpha()]
