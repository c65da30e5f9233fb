"""What became of one place that was to be added, for a person and for a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from alerts.discover.verify import Found
from alerts.render import clean


@dataclass(slots=True)
class Outcome:
    """What became of one thing that was asked for. ``state``: "added" | "there" | "would" (--dry-run) | "not"."""

    asked: str
    state: str = "not"
    why: str = ""
    found: Found | None = None
    #: The name of the source, once it has one.
    name: str = ""
    toml: str = ""
    #: The same as a table.
    table: Mapping[str, object] = field(default_factory=dict)
    #: What else was found: what it is, and the command that adds it.
    others: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """For a person."""
        said = [self.asked]
        if self.found and self.found.state in ("good", "terms", "empty", "unknown"):
            said += [f"  {head:<9} {words}" for head, words in _told(self.found) if words]
        said += [f"  {'also' if self.found else 'perhaps':<9} {what}: {command}" for what, command in self.others]
        return [*said, f"  {self._verdict()}"]

    def _verdict(self) -> str:
        if self.state == "there":
            return f"is there already, as {self.name!r}; nothing was added"
        return f"added as {self.name!r}" if self.state == "added" else f"NOT added: {self.why}"

    def record(self) -> dict[str, object]:
        """For a program."""
        said: dict[str, object] = {"asked": self.asked, "state": self.state, "why": self.why, "name": self.name or None}
        if self.found:
            found = self.found
            said |= {
                "kind": found.candidate.kind,
                "options": dict(found.candidate.options),
                "reason": found.candidate.why,
                "company": found.company,
                "openings": found.openings,
                "complete": found.complete,
                "searches": dict(found.wanted),
                "sample": found.titles,
                "terms": found.about.terms or None,
            }
        return said | {"toml": self.toml or None, "others": [{"what": what, "command": how} for what, how in self.others]}


def _told(found: Found) -> list[tuple[str, str]]:
    """What was found, in pairs of a word and what it is."""
    candidate = found.candidate
    options = ", ".join(f"{key} = {value!r}".replace("'", '"') for key, value in candidate.options.items())
    said = [
        ("found", f"{found.about.title} ({candidate.kind}{', ' if options else ''}{options}), by {candidate.why}"),
        ("terms", found.about.terms),
        ("company", clean.line(found.company or found.name)),
    ]
    if found.title_form:
        said.append(("titles", f'name the employer: title = "{found.title_form}" goes into the source'))
    if found.state != "good" or not found.raws:
        return said
    kept = "all that are open" if found.complete else "the newest or a selection, not all that are open"
    kept += "; only the first pages were read" if found.more else ""
    takers = [f"{name}: {count}" for name, count in found.wanted.items()]
    unread = "; judged by the list alone, the text is read later" if found.unread else ""
    return [
        *said,
        ("openings", f"{found.openings} ({kept})"),
        ("searches", (", ".join(takers) + unread) if takers else "there are none yet"),
        *(("sample" if number == 0 else "", clean.line(title, 120)) for number, title in enumerate(found.titles)),
    ]
