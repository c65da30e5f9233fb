"""Links of alerts: a page that says what a press would do, and the press. No sign-in is asked for, none is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import Response

from alerts.desk import acts, pages
from alerts.desk.call import Call
from alerts.model.posting import Posting
from alerts.notify import act_links
from alerts.notify.act_links import Signed
from alerts.render import wording
from alerts.render.clean import line, link
from alerts.store import link_key
from alerts.store.posting_rows import JobState, Stored
from alerts.store.short import number

#: Requests an hour with one link.
MOST, HOUR = 60, timedelta(hours=1)
#: Act → question, what a press does, the button, its short form; and what is said when it is so already.
_WORDS = {
    "hide": ("Hide this job?", "You will not hear of it again, on no channel.", "Hide it", "Already hidden"),
    "save": ("Save this job?", "You hear when it changes or closes.", "Save it", "Already saved"),
    "applied": (
        "Did you apply for this job?",
        "It is kept as applied for.",
        "I applied",
        "Already marked as applied",
    ),
}
_MARKS = {"hide": "hide", "save": "saved", "applied": "applied"}


@dataclass(frozen=True, slots=True)
class _Found:
    """A good link, and the job that it is of."""

    link: str
    signed: Signed
    state: JobState
    stored: Sequence[Stored]


def show(call: Call) -> Response:
    """What would be done. Looking does nothing: scanners of mail look, too."""
    found = _found(call, call.params["link"])
    return found if isinstance(found, Response) else _page(call, found)


def act(call: Call) -> Response:
    """The press: one of the three acts, for the job of the link and no other."""
    found, do = _found(call, call.field("link")), call.field("do")
    if isinstance(found, Response):
        return found
    if do not in _MARKS:
        raise LookupError(do)
    if _is_done(call, found, do):
        return _page(call, found)
    with call.desk.writing() as store:
        said = acts.keep_mark(call, store, found.signed.person, found.state, found.stored, do)
    return _page(call, found, said)


def _found(call: Call, link: str) -> _Found | Response:
    """What the link is of; else the page that refuses, the same whatever is wrong with it."""
    signed = act_links.read(link, link_key.read(call.plan.settings.database), call.now)
    job = number(signed.job) if signed else None
    state = call.store.postings.job(job) if job is not None else None
    stored = call.store.postings.of_job(state.id) if state else []
    if signed is None or state is None or not stored:
        return pages.bare(call, "link_gone.html", {"words": "This link does not work any more."}, status=410)
    if _too_often(call, link):
        return pages.error(call, 429, "Too many tries with this link. Try again in an hour.")
    return _Found(link, signed, state, stored)


def _too_often(call: Call, link: str) -> bool:
    tries, who = call.desk.tries, f"link {link}"
    until = tries.paused(who, MOST, HOUR, call.now)
    tries.made(who, HOUR, call.now)
    return until is not None


def _is_done(call: Call, found: _Found, what: str) -> bool:
    marks = call.store.marks.of("job", str(found.state.id))
    return any(one.mark == _MARKS[what] and (one.until is None or one.until > call.now) for one in marks)


def _page(call: Call, found: _Found, said: str = "") -> Response:
    what, zone = found.signed.what, call.plan.settings.timezone
    question, does, button, already = _WORDS[what]
    posting = found.stored[0].posting
    done = _is_done(call, found, what) and not said
    values = {
        "title": f"{already}: {acts.name_of(found.stored)}" if done else said or question,
        "asks": not (done or said),
        "does": does,
        "link": found.link,
        "act": (what, button),
        "others": [(other, words[2]) for other, words in _WORDS.items() if other != what],
        "until": wording.day(found.signed.until, call.now, zone),
        "job": _said_of(posting, call),
        "look": link(posting.apply_url) or link(posting.url),
    }
    return pages.bare(call, "link.html", values)


def _said_of(posting: Posting, call: Call) -> dict[str, str]:
    """What the alert said already."""
    pay = wording.pay(posting.pay, call.plan.settings.currency) if posting.pay else ""
    return {
        "title": line(posting.title, 200),
        "company": line(posting.company or "", 100),
        "pay": pay,
        "where": wording.where(posting),
    }
