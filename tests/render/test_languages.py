"""Every word of a message is there in every language, with the same places to fill; a new word makes this test red.

To write the missing words into the files, untranslated: python tests/render/test_languages.py
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from hypothesis import given
from hypothesis import strategies as st

import alerts.render
from alerts.dedupe.changes import compare
from alerts.model.event import Change
from alerts.model.message import Message
from alerts.model.posting import Pay, Posting
from alerts.render import email, samples, slack, text, tongue, values, wording

FOLDER = Path(alerts.render.__file__).parent
OTHERS = [language for language in tongue.languages() if language != "en"]
#: Other folders whose words come into messages: notices of trouble, the summary of the week, questions to the operator.
SPEAKING = ("notify", "daemon")
#: The functions that say words, and which of their arguments hold them.
KEYWORDS = {"say": None, "phrase": None, "count": (2, 3)}
_TABLES = ("areas", "work", "level", "pay_kind", "period", "tax", "employment", "age", "event", "field", "reason", "unknown")


def messages() -> Iterator[str | tuple[str, str]]:
    """All that is said: in the code, in the templates and in ``words.toml``."""
    methods = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]
    for folder in (FOLDER, *(FOLDER.parent / name for name in SPEAKING)):
        for _, _, message, _, _ in extract_from_dir(folder, methods, {"**.j2": {"silent": "false"}}, KEYWORDS):
            yield message
    for table in _TABLES:
        for said in wording.words(table).values():
            yield from [said] if isinstance(said, str) else filter(None, said)


def calls_in_f_strings(path: Path) -> Iterator[str]:
    """Where words are said inside of an f-string."""
    strings = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.JoinedStr))
    calls = (node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call))
    for call in calls:
        first = call.args[0] if call.args else None
        if isinstance(call.func, ast.Name) and call.func.id in KEYWORDS and isinstance(first, ast.Constant) and first.value != "":
            yield f"{path.name}:{call.lineno} {first.value!r}"


def test_no_word_hides_in_an_f_string() -> None:
    """Before 3.12 it is not found there, so it is missing in every catalogue. Red before ("your week")."""
    folders = [FOLDER, *(FOLDER.parent / name for name in SPEAKING)]
    assert [found for folder in folders for path in folder.rglob("*.py") for found in calls_in_f_strings(path)] == []


def catalogue(language: str) -> Catalog:
    with (FOLDER / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def places(said: str) -> list[str]:
    return sorted(re.findall(r"\{(\w*)\}", said))


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_missing(language: str) -> None:
    known = catalogue(language)
    for message in messages():
        found = known.get(message if isinstance(message, str) else message[0])
        assert found is not None, f"{language}.po lacks {message!r}"
        strings = [found.string] if isinstance(found.string, str) else list(found.string)
        english = [message] if isinstance(message, str) else list(message)
        assert all(strings), f"{language}.po says nothing for {message!r}"
        assert not found.fuzzy
        assert all(places(said) == places(english[-1]) for said in strings), message
        assert all(said[:1].isspace() == english[0][:1].isspace() for said in strings), message


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_over(language: str) -> None:
    wanted = {message if isinstance(message, str) else message[0] for message in messages()}
    assert {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in catalogue(language) if entry.id} <= wanted


@pytest.mark.parametrize("language", OTHERS)
def test_a_whole_mail_is_in_the_language(language: str) -> None:
    """None of the English words of the page is left in it."""
    batch = replace(samples.batch(*samples.several(), heading="Suche", total=4), language=language)
    mail, english = email.render(batch), email.render(replace(batch, language="en"))
    for word in ("Why", "posted", "Apply at", "Changed", "Sent by", "Also on", "reposted", "apply by", "not for you"):
        assert word in shown(english), word
        assert word not in shown(mail), word
    assert f'<html lang="{language}">' in (mail.html or "")
    assert mail.subject != english.subject
    assert slack.render(batch).payload != slack.render(replace(batch, language="en")).payload
    assert (
        text.render(replace(batch, language="en")).text
        == text.render(samples.batch(*samples.several(), heading="Suche", total=4)).text
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["CA$200k–240k a year", "47.5k", "1,250", "15 December", "Germany"]),
        ("de", ["200k–240k", "47,5k", "1.250", "15. Dezember", "Deutschland"]),
        ("fr", ["200k–240k", "47,5k", "1\u202f250", "15 décembre", "Allemagne"]),
        ("es", ["200k–240k", "47,5k", "1.250", "15 de diciembre", "Alemania"]),
    ],
)
def test_numbers_dates_and_countries_are_those_of_the_language(language: str, said: list[str]) -> None:
    shown = samples.pay_rise().posting
    with tongue.speaking(language):
        assert said[0] in wording.pay(samples.platform_manager().posting.pay)  # type: ignore[arg-type]
        assert wording.amount(47_500) == said[1]
        assert wording.amount(1250) == said[2]
        assert wording.last_day(shown.expires, samples.NOW) == said[3]  # type: ignore[arg-type]
        assert said[4] in wording.where(shown)


@pytest.mark.parametrize("value", [1e308, 1e22, float("inf"), float("nan"), -5e20, 0.0])
def test_no_amount_breaks_a_message(value: float) -> None:
    for language in tongue.languages():
        with tongue.speaking(language):
            assert wording.amount(value)


@pytest.mark.parametrize(
    ("field", "kept", "said"),
    [
        ("pay", "100,000–120,000 USD a year", ["$100k–120k a year", "$100k–120k im Jahr"]),
        ("pay", "from 45 EUR a hour", ["from €45 an hour", "ab €45 in der Stunde"]),
        ("pay", "up to 1,250 CHF a day", ["up to CHF 1,250 a day", "bis CHF 1.250 am Tag"]),
        ("pay", "competitive, of course", ["competitive, of course", "competitive, of course"]),
        ("work", "hybrid, remote", ["Hybrid, Remote", "Hybrid, Remote"]),
        ("work", "onsite", ["On site", "Vor Ort"]),
        ("employment", "contract, full-time", ["contract, full time", "Vertrag auf Zeit, Vollzeit"]),
        ("level", "intern", ["Internship", "Praktikum"]),
        (
            "places",
            "Berlin, DE; Toronto, ON, CA",
            ["Berlin, Germany; Toronto, ON, Canada", "Berlin, Deutschland; Toronto, ON, Kanada"],
        ),
        ("expires", "2026-12-15", ["15 December", "15. Dezember"]),
        ("expires", "soon", ["soon", "soon"]),
        ("title", "Engineer, DE", ["Engineer, DE", "Engineer, DE"]),
        ("pay", "", ["", ""]),
    ],
)
def test_the_values_of_a_change_are_said_in_the_language(field: str, kept: str, said: list[str]) -> None:
    for language, expected in zip(("en", "de"), said, strict=True):
        with tongue.speaking(language):
            assert values.said(field, kept, samples.NOW).replace("\xa0", " ") == expected


@given(
    st.builds(
        Pay,
        st.none() | st.integers(1, 9_999_999).map(float),
        st.none() | st.integers(1, 9_999_999).map(float),
        st.sampled_from([None, "USD", "EUR", "JPY"]),
        st.sampled_from([None, "hour", "day", "week", "month", "year"]),
    )
)
def test_every_pay_that_a_change_keeps_is_read_back(pay: Pay) -> None:
    """What ``dedupe/changes.py`` writes down is understood whole: it is said as the pay itself would be."""
    before = Posting("a", "1", "https://e.example/1", "Engineer")
    (change,) = compare(before, replace(before, pay=pay)) or [Change("pay", "", "")]
    assert values.said("pay", change.after, samples.NOW) == (wording.pay(pay) if change.after else "")


def test_two_values_that_round_to_the_same_words_are_still_told_apart() -> None:
    raised = replace(samples.pay_rise(), changes=(Change("pay", "123,456 EUR a year", "123,457 EUR a year"),))
    said = text.render(samples.batch(raised)).text
    assert "123,456 EUR a year" in said
    assert "123,457 EUR a year" in said


def test_a_language_ends_where_its_message_ends() -> None:
    email.render(replace(samples.batch(samples.platform_manager()), language="de"))
    assert tongue.say("Why: {reasons}", reasons="x") == "Why: x"


def shown(mail: Message) -> str:
    """What a reader sees of a mail in both its forms."""
    assert mail.html
    return mail.text + re.sub(r"<style>.*?</style>|<[^>]+>", " ", mail.html or "", flags=re.DOTALL)


def write() -> None:
    for language in OTHERS:
        old, new = catalogue(language), Catalog(locale=language, charset="utf-8", fuzzy=False)
        for message in sorted(set(messages()), key=str):
            found = old.get(message if isinstance(message, str) else message[0])
            new.add(message, found.string if found else None)
        out = FOLDER / "locale" / f"{language}.po"
        head = out.read_text("utf-8").partition("msgid")[0]
        with out.open("wb") as file:
            write_po(file, new, omit_header=False, width=120, include_previous=False)
        body = out.read_text("utf-8")
        out.write_text(head + re.sub(_NOISE, "", body[body.index("msgid") :]), "utf-8")


#: What a tool writes of itself and of the hour: it would change with every call.
_NOISE = (
    r'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Project-Id-Version|Report-Msgid-Bugs-To|Last-Translator|Language-Team)'
    r'.*\\n"\n'
)


if __name__ == "__main__":
    write()
