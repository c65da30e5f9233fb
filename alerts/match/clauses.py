"""Searches taken apart into clauses, each of which must hold; what searches share is kept once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from alerts.match.compile import Compiled
from alerts.match.tree import All, Any, Is, Known, Node, Not, Says

Leaf = Says | Is


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that must hold. ``keep``: unknown counts as holding."""

    node: Node
    keep: bool

    def simple(self) -> tuple[Literal["any", "none"], tuple[Leaf, ...]] | None:
        """("any", leaves): one must hold; ("none", leaves): none may; None where it is neither."""
        if isinstance(self.node, (Says, Is)):
            return "any", (self.node,)
        if isinstance(self.node, Any) and all(isinstance(part, (Says, Is)) for part in self.node.parts):
            return "any", self.node.parts  # type: ignore[return-value]
        if isinstance(self.node, Not) and isinstance(self.node.part, (Says, Is)):
            return "none", (self.node.part,)
        return None


def split(compiled: Compiled) -> Iterator[Clause]:
    """The clauses of a search; one may come twice."""
    for condition in compiled.conditions:
        yield from _split(condition.node, condition.keep)


def _split(node: Node, keep: bool) -> Iterator[Clause]:
    if isinstance(node, All):
        for part in node.parts:
            yield from _split(part, keep)
    elif isinstance(node, Any) and len(node.parts) == 1:
        yield from _split(node.parts[0], keep)
    elif isinstance(node, Known):
        yield from _split(node.part, node.keep)
    elif isinstance(node, Not) and isinstance(node.part, Any):
        for part in node.part.parts:
            yield from _split(Not(part), keep)
    elif isinstance(node, Not) and isinstance(node.part, Not):
        yield from _split(node.part.part, keep)
    elif isinstance(node, Not) and isinstance(node.part, All) and len(node.part.parts) == 1:
        yield from _split(Not(node.part.parts[0]), keep)
    else:
        yield Clause(node, keep)


def opened(compiled: Compiled) -> Compiled:
    """The search with every unknown left open: it wants whatever is no certain no."""
    conditions = tuple(replace(condition, node=_open(condition.node), keep=True) for condition in compiled.conditions)
    return replace(compiled, conditions=conditions)


def _open(node: Node) -> Node:
    if isinstance(node, (Says, Is)):
        return node
    if isinstance(node, Known):
        return _open(node.part)
    if isinstance(node, Not):
        return replace(node, part=_open(node.part))
    return replace(node, parts=tuple(_open(part) for part in node.parts))


def leaves(node: Node) -> Iterator[Leaf]:
    """Every condition of a tree."""
    if isinstance(node, (Says, Is)):
        yield node
    elif isinstance(node, (Not, Known)):
        yield from leaves(node.part)
    else:
        for part in node.parts:
            yield from leaves(part)
