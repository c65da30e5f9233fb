"""One's own answers to what forms ask: from ``profile.toml``, asked once; a fact answers what asks for that very fact alone."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from alerts.model.errors import UsageError
from alerts.model.form import Question
from alerts.notify.letter_files import profile_of

_PLAIN = "text, a number, true or false, a day, or a list of texts"


@dataclass(frozen=True, slots=True)
class Bank:
    """The facts of the profile, and the answers that were kept: folded question → answer."""

    facts: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with one's own answer, or why there is none."""

    question: Question
    answer: str = ""
    #: "answer", or the name of the fact.
    by: str = ""
    #: Where there is no answer: what is so.
    why: str = ""
    sensitive: bool = False


def bank(path: Path | None) -> Bank:
    """What the profile holds; raises UsageError, in one line, where it cannot be read or holds something of the wrong type."""
    values = profile_of(path)
    kept = values.pop("answers", {})
    if not isinstance(kept, dict):
        raise UsageError(f'{path}: answers must be a table; write [answers] and under it "The question?" = "Your answer"')
    answers = {}
    for question, value in kept.items():
        answers[folded(question)] = _text(value, f"{path}: the answer to {question[:80]!r}")
    return Bank({name: _fact(value) for name, value in values.items()}, answers)


def _text(value: object, what: str) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "; ".join(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, str | int | float | date | time):
        return str(value)
    raise UsageError(f"{what} is of a wrong type ({_kind(value)}); it must be {_PLAIN}")


def _kind(value: object) -> str:
    return {"dict": "a table", "list": "a list of other things"}.get(type(value).__name__, type(value).__name__)


def _fact(value: object) -> str:
    """Facts may be of any form for templates; what is no text answers nothing."""
    return str(value) if isinstance(value, str | int | float | date) and not isinstance(value, bool) else ""


def folded(words: str) -> str:
    """A question for comparing: case, accents, signs at its end and blanks do not matter."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split()).strip(" ?!.:*✱")


def answer_to(question: Question, known: Bank) -> Answered:
    """One's own answer; nothing is guessed, least of all what is sensitive."""
    sensitive = question.voluntary or is_sensitive(question.label)
    if (kept := known.answers.get(folded(question.label))) is not None:
        return _fitting(question, kept, "answer", sensitive)
    if sensitive:
        return Answered(question, why="yours to answer, or to leave", sensitive=True)
    fact = _asked_for(question)
    if fact and (value := _value(fact, known)):
        return _fitting(question, value, fact, sensitive)
    return Answered(question, why=f"the fact {fact} is not in the profile" if fact else "no answer of yours yet")


def _fitting(question: Question, answer: str, by: str, sensitive: bool) -> Answered:
    """An answer that the form takes, in the form's own words where it lists them."""
    if question.options and question.kind in ("choice", "choices"):
        choices = {folded(option): option for option in question.options}
        said = answer.split("; ") if question.kind == "choices" else [answer]
        unknown = [each for each in said if folded(each) not in choices]
        if unknown:
            return Answered(question, why=f"your answer {unknown[0][:60]!r} is none of its choices", sensitive=sensitive)
        answer = "; ".join(choices[folded(each)] for each in said)
    return Answered(question, answer, by, sensitive=sensitive)


def _value(fact: str, known: Bank) -> str:
    if value := known.facts.get(fact):
        return value
    # "Ada Example" has one first and one last name; of more words nobody can say which is which.
    parts = known.facts.get("name", "").split()
    return parts[("first_name", "last_name").index(fact)] if fact in ("first_name", "last_name") and len(parts) == 2 else ""


def _asked_for(question: Question) -> str | None:
    asked = {folded(question.label), question.name.casefold()} - {""}
    return next(
        (fact for fact, names in _words()["facts"].items() if asked & {folded(name) for name in names} | asked & set(names)), None
    )


def is_sensitive(label: str) -> bool:
    """Does it ask for what is nobody's business, or the person's alone?"""
    return _sensitive().search(label.casefold()) is not None


@cache
def _sensitive() -> re.Pattern[str]:
    words = sorted(_words()["sensitive"]["words"], key=len, reverse=True)
    whole = {"age", "sex", "race", "born", "ssn", "genre", "sexe"}
    return re.compile("|".join(rf"\b{re.escape(word)}" + (r"\b" if word in whole else "") for word in words))


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((resources.files("alerts.acts") / "data" / "form_words.toml").read_text("utf-8"))


def keep(path: Path | None, question: str, answer: str) -> None:
    """Keep an answer in the profile, whose comments stay; raises UsageError where it cannot be written."""

    def change(answers: dict[str, object]) -> None:
        _take_out(answers, question, but=question)
        answers[question] = answer

    _write(path, change)


def drop(path: Path | None, question: str, _: str = "") -> None:
    """Take the answer to a question out of the profile; raises UsageError where it cannot be written."""
    _write(path, lambda answers: _take_out(answers, question))


def _take_out(answers: dict[str, object], question: str, but: str = "") -> None:
    """A question is one however it is written."""
    for key in [key for key in answers if key != but and folded(key) == folded(question)]:
        del answers[key]


def _write(path: Path | None, change: Callable[[dict[str, object]], None]) -> None:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    if path is None:
        raise UsageError('no profile to keep answers in; name one: settings.profile = "profile.toml"')
    bank(path)  # what is wrong with it is said before anything is written
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8"))
        change(document.setdefault("answers", tomlkit.table()))
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_text(tomlkit.dumps(document), encoding="utf-8")
        fresh.chmod(path.stat().st_mode & 0o777)
        fresh.replace(path)
    except (OSError, TOMLKitError) as error:
        raise UsageError(f"the profile {path} cannot be written: {getattr(error, 'strerror', None) or error}") from None
