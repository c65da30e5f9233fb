"""One schema.org JobPosting object as the loose fields of a posting."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from alerts.model.raw import RawPay, RawPlace
from alerts.parse import figures
from alerts.parse.build import pay, place
from alerts.parse.markup import unescape
from alerts.parse.values import line, mapping, number, several, text, texts

#: What publishers write where they have nothing to say.
_NOTHING = {"unavailable", "n/a", "na", "none", "null", "undefined", "not available", "-"}

#: Words for an employer that is not named.
_NOBODY = re.compile(
    r"(?:the |our )?(?:company |employer )?(?:(?:strictly )?confidential|undisclosed|anonymous|not disclosed|private advertiser"
    r"|vertraulich|anonym|confidentiel(?:le)?|confidencial|riservat[oa]|poufne)(?: (?:company|employer|client|advertiser))?"
    r"|(?:entreprise|empresa|azienda) (?:confidentielle|confidencial|riservata)|our client|hidden employer",
    re.IGNORECASE,
)


def fields(item: dict[str, Any]) -> dict[str, Any]:
    """The keyword arguments of :meth:`alerts.parse.build.Postings.add` but for id, address and title.

    ``datePosted`` is the publisher's own posting date; ``dateModified`` is taken as the update, ``validThrough`` as the end.
    """
    remote = texts(item.get("jobLocationType"))
    return {
        "company": organisation(item.get("hiringOrganization")),
        "places": list(_places(item.get("jobLocation"))),
        "work": remote,
        "remote_areas": [name for each in several(item.get("applicantLocationRequirements")) if (name := _name(each))],
        "employment": [part for said in texts(item.get("employmentType"), of="name") for part in re.split(r"\s*[,;|]\s*", said)],
        "pay": list(_pays(item)),
        "category": [name for each in several(item.get("occupationalCategory")) if (name := _name(each))],
        "industry": [name for each in several(item.get("industry")) if (name := _name(each))],
        "tags": _tags(item.get("skills")),
        "posted": item.get("datePosted"),
        "updated": item.get("dateModified"),
        "expires": item.get("validThrough"),
        "html": description(item),
        "language": _name(item.get("inLanguage")),
        "facts": {
            "experience": _months(item.get("experienceRequirements")),
            "education": _credential(item.get("educationRequirements")),
            "eligibility": _name(item.get("eligibilityToWorkRequirement")),
            "clearance": _name(item.get("securityClearanceRequirement")),
        },
    }


def title(item: dict[str, Any]) -> str | None:
    """The title; entities in it are decoded, since scripts are not HTML but are often written as such."""
    said = line(item.get("title")) or line(item.get("name"))
    return html.unescape(said) if said else None


def identity(item: dict[str, Any]) -> str:
    """What tells one object from others of the same page: the identifier, the title and the place."""
    given = item.get("identifier")
    said = [text(mapping(given).get("value")) or text(given), title(item)]
    said += [each.text or each.city for each in _places(item.get("jobLocation"))]
    return "|".join(each for each in said if each)


def description(item: dict[str, Any]) -> str | None:
    """The description as HTML, with the duties and qualifications that stand in fields of their own."""
    said = [unescape(item.get("description"))]
    for key in ("responsibilities", "qualifications", "jobBenefits", "incentiveCompensation"):
        given = [unescape(each) for each in several(item.get(key)) if isinstance(each, str)]
        said += [each for each in given if each and each.strip() and each not in (said[0] or "")]
    return "\n".join(each for each in said if each) or None


def organisation(value: Any) -> str | None:
    """The name of an organisation: an object, a list of them, or a text."""
    found = next((name for each in several(value) if (name := _name(each))), None)
    return html.unescape(found) if found and not _NOBODY.fullmatch(found.strip(" .-*()[]")) else None


def _places(value: Any) -> Iterator[RawPlace]:
    for each in several(value):
        address = mapping(each).get("address", each)
        for part in several(address):
            given = mapping(part)
            city = _said(given.get("addressLocality"))
            region, country = _said(given.get("addressRegion")), _name(given.get("addressCountry"))
            words = _said(part) if isinstance(part, str) else None if city or region or country else _name(each)
            found = place(words, city, region, country)
            if found:
                yield found


def _pays(item: dict[str, Any]) -> Iterator[RawPay]:
    for key, guessed in (("baseSalary", False), ("estimatedSalary", True)):
        for each in several(item.get(key)):
            found = _pay(each, line(item.get("salaryCurrency")), guessed=guessed)
            if found:
                yield found


def _pay(said: Any, currency: str | None, *, guessed: bool) -> RawPay | None:
    if not isinstance(said, dict):
        amount = figures.amount(said, currency)
        return pay(amount, amount, currency, said=None if amount is not None else said, predicted=guessed)
    value = said.get("value")
    value = value[0] if isinstance(value, list) and value else value
    inner = mapping(value)
    single = inner.get("value") if inner else value
    low, high = (_end(inner, said, keys, single) for keys in (("minValue", "minvalue"), ("maxValue", "maxvalue")))
    period = line(inner.get("unitText")) or line(said.get("unitText")) or line(inner.get("unitCode"))
    money = line(said.get("currency")) or line(inner.get("currency")) or currency
    return pay(low, high, money, period, said=None if text(low) or text(high) else line(single), predicted=guessed)


def _end(inner: dict[str, Any], said: dict[str, Any], keys: tuple[str, ...], single: Any) -> Any:
    """One end of the range, as it is written: inside the value or beside it, else the single figure."""
    return next((way[key] for key in keys for way in (inner, said) if text(way.get(key))), single)


def _name(value: Any) -> str | None:
    """The name of a thing: its own words, or ``name``, or an address inside it."""
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict):
        given = value.get("name")
        address = mapping(value.get("address"))
        return (
            _said(given) or _said(mapping(given).get("name")) or _said(address.get("addressCountry")) or _said(value.get("@id"))
        )
    return _said(value)


def _said(value: Any) -> str | None:
    found = line(value)
    return None if found is None or found.lower() in _NOTHING else found


def _tags(value: Any) -> list[str]:
    said = [part for each in texts(value, of="name") for part in re.split(r"\s*[,;•|]\s*", each)]
    # Skills are often sentences; only short ones are tags.
    return [each for each in said if each and len(each) <= 40][:30]


def _months(value: Any) -> str | None:
    months = number(mapping(value).get("monthsOfExperience"))
    return f"{months:g} months" if months is not None else _said(value)


def _credential(value: Any) -> str | None:
    value = value[0] if isinstance(value, list) and value else value
    return _said(mapping(value).get("credentialCategory")) or _said(value)


def address(item: dict[str, Any]) -> str | None:
    """The posting's own address, where the object gives one."""
    said = (
        item.get("url") or mapping(item.get("mainEntityOfPage")).get("@id") or item.get("mainEntityOfPage") or item.get("sameAs")
    )
    return said if isinstance(said, str) else None
