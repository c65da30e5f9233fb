"""A first configuration from a few answers: only what was said, with comments, a letter template and a profile (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person said at the start."""

    looking: tuple[str, ...]
    zone: str = "UTC"
    home: str = ""
    places: tuple[str, ...] = ()
    #: console | email | slack | webhook
    tell: str = "console"
    #: Options of the channel, as they stand in the file.
    channel: Mapping[str, object] = field(default_factory=dict)
    allow_private: tuple[str, ...] = ()


def configuration(wishes: Wishes) -> str:
    """The file, as TOML with comments."""
    return "\n".join(_lines(wishes)) + "\n"


def _lines(wishes: Wishes) -> Iterator[str]:
    yield "# job-alerts: what to read, what to look for, whom to tell. Written by job-alerts init; yours to edit."
    yield "# Check it with: job-alerts check     All that may stand here: job-alerts init --example FILE, and docs/guide.md"
    yield from ("", "[settings]", f"timezone = {_toml(wishes.zone)}   # for schedules, quiet hours and dates in messages")
    if wishes.home:
        yield f"home     = {_toml(wishes.home)}   # where distances start"
    yield 'letter   = "letter.md"      # fill in your own words: job-alerts letter JOB'
    yield 'profile  = "profile.toml"   # facts of you that the letter may use'
    if wishes.allow_private:
        yield from ("", "[network]", f"allow_private = {_toml(wishes.allow_private)}   # addresses of your own network")
    yield from ("", "# --- What to look for: case and common word forms do not matter; try it with job-alerts jobs --near", "")
    yield from ("[[searches]]", f"name     = {_toml(_name(wishes))}")
    yield f"title    = {_toml(wishes.looking)}   # any of these, in the title"
    if wishes.places:
        yield f"locations = {_toml(wishes.places)}   # where you can work; remote work there counts"
    yield 'backfill = "7d"   # the first time, also tell of the last week'
    yield from ("", "# --- Whom to tell: try it with job-alerts test " + wishes.tell, "")
    yield from (f"[channels.{wishes.tell}]", f"kind = {_toml(wishes.tell)}")
    yield from (f"{key} = {_toml(value)}" for key, value in wishes.channel.items())
    yield from ("", '# --- What to read: more with job-alerts add ADDRESS, or job-alerts add "Company name"')


def _name(wishes: Wishes) -> str:
    return ", ".join(wishes.looking)[:80]


def _toml(value: object) -> str:
    """A value as TOML writes it."""
    import tomlkit

    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(tomlkit.item(value).as_string())


LETTER = """\
{#- The draft of an application: job-alerts letter JOB fills it. Facts of the job: title, company, place, pay, url, requisition.
    Facts of you stand in profile.toml. What is not known stays visible as [missing: …]; nothing is invented. -#}
Dear {{ job.company }} team,

I am writing about the position "{{ job.title }}"{% if job.requisition %} ({{ job.requisition }}){% endif %}.

{{ me.why_me }}

You can reach me at {{ me.email }} or {{ me.phone }}.

Kind regards
{{ me.name }}
"""

PROFILE = """\
# Facts of you, for the letter: write {{ me.NAME }} in letter.md for any name that stands here. Remove the # before a line.
# name   = "Ada Example"
# email  = "ada@example.org"
# phone  = "+49 30 1234567"
# why_me = "Two sentences on what you did and what you bring."
# city   = "Berlin"
# cv     = "cv.pdf"                    # the file that you attach

# Your answers to what forms ask, as the form words it; job-alerts prepare JOB shows them beside its questions.
# [answers]
# "Are you entitled to work in Germany?" = "Yes"
"""
