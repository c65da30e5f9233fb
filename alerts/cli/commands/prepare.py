"""prepare: get ready to apply: the link, what the form asks beside your own answers, and what is missing; nothing is sent."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from alerts.acts import answers, applications, forms, prepare
from alerts.acts.answers import Answered
from alerts.acts.application_catch_up import catch_up
from alerts.acts.jobs import job_of
from alerts.acts.prepare import Ready
from alerts.cli.commands._shared import clock, emit, json_option, plan_of, reading, say, wrapped, writing
from alerts.model.errors import SourceError, UsageError
from alerts.model.form import Question
from alerts.model.plan import Plan
from alerts.store.short import short


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which job, and whether to ask."""
    parser.add_argument("job", metavar="JOB", help="short id of a job, or address of a posting")
    parser.add_argument("--ask", action="store_true", help="ask you what has no answer yet, and keep it in your profile")
    parser.add_argument("--offline", action="store_true", help="do not ask the board what its form asks; what is known is shown")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 also where something is missing: that is said."""
    plan, now = plan_of(args), clock()
    answers.bank(plan.settings.profile)
    with reading(plan) as store:
        job = job_of(store, args.job).id
    questions, why = ((), "") if args.offline else _questions(plan, job)
    with writing(plan) as store:
        catch_up(store, now)
        prepare.begin(store, job, questions, now, plan.settings.timezone)
        if args.ask:
            _ask(plan, forms.kept(applications.one(store, job)))
        ready = prepare.ready(store, plan, job, now)
    if args.json:
        emit(prepare.record(job, ready, why))
    else:
        say(*_lines(short(job), ready, why))
    return 0


def _questions(plan: Plan, job: int) -> tuple[tuple[Question, ...], str]:
    """What the form asks, or why that is not known."""
    from alerts.fetch.client import Client
    from alerts.fetch.fetcher import Fetcher
    from alerts.sandbox.reader import Reader

    network = plan.network
    with reading(plan) as store, Client.of(network, contact=plan.settings.contact) as client, Reader() as reader:
        try:
            return forms.ask(store, plan, job, Fetcher(client, pace=network.pace), reader, clock()), ""
        except SourceError as error:
            return (), str(error)


def _ask(plan: Plan, questions: Sequence[Question]) -> None:
    """One after the other on the terminal; an empty line leaves it open. What is sensitive is not asked."""
    for question in questions:
        known = answers.answer_to(question, answers.bank(plan.settings.profile))
        if known.answer or known.sensitive or question.kind == "file":
            continue
        say("", question.label, *(f"  one of: {' | '.join(question.options)}" for _ in [0] if question.options))
        print("> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            raise UsageError("--ask needs somebody who answers; what was answered so far is kept")
        if line.strip():
            answers.keep(plan.settings.profile, question.label, line.strip())


def _lines(code: str, ready: Ready, why: str) -> Iterator[str]:
    yield f"Apply at  {ready.link or '(no address is known)'}"
    yield f"          {code} {ready.title}"
    if ready.expires:
        yield f"          the last day is {ready.expires:%Y-%m-%d}"
    yield ""
    if why:
        yield f"What the form asks is not known: {why}"
    if ready.answered:
        yield "What the form asks, and your answers (* must be answered)"
    for number, each in enumerate(ready.answered, 1):
        yield from _question(number, each)
    yield ""
    for check in ready.checks:
        yield f"[{'x' if check.done else ' '}] {check.words}{check.by_command}"
    yield ""
    yield "Nothing was sent. Open the link, press the button yourself, and then say: job-alerts applied " + code


def _question(number: int, each: Answered) -> Iterator[str]:
    star = "*" if each.question.required else " "
    yield from wrapped(each.question.label, f"{number:>3}{star} ")
    if each.question.options:
        shown = " | ".join(each.question.options[:12]) + (" | …" if len(each.question.options) > 12 else "")
        yield from wrapped(f"one of: {shown}", "       ")
    yield from wrapped(each.answer or f"({each.why})", "     = ")
