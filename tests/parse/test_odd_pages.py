"""Pages whose markup is written in odd ways: several objects in a script, CDATA, RDFa, employers without a name of their own."""

import pytest

from alerts.parse import jobposting, jsonld, markup

COOK = '{"@type": "JobPosting", "title": "Cook"}'
BAKER = '{"@type": "JobPosting", "title": "Baker"}'


def titles(page: str) -> list[str]:
    return [item["title"] for item in jsonld.postings(markup.parse(page))]


@pytest.mark.parametrize(
    "script",
    [
        COOK + BAKER,
        f"{COOK}\n{BAKER}",
        f"{COOK},\n{BAKER}",
        f"{COOK};{BAKER};",
        f"[{COOK}]\n[{BAKER}]",
        f"//<![CDATA[\n{COOK}\n{BAKER}\n//]]>",
        f"//<![CDATA[ {COOK} {BAKER} //]]>",
        f"/*<![CDATA[*/{COOK}{BAKER}/*]]>*/",
        f"<![CDATA[{COOK}{BAKER}]]>",
    ],
)
def test_two_objects_in_one_script_are_two_postings(script: str) -> None:
    assert titles(f'<script type="application/ld+json">{script}</script>') == ["Cook", "Baker"]


@pytest.mark.parametrize("script", [f"{COOK} and more", f"{COOK}{{", "{}{}", ",,,", "1 2 3"])
def test_what_follows_and_is_no_json_is_no_posting(script: str) -> None:
    assert titles(f'<script type="application/ld+json">{script}</script>') == []


RDFA = """<div vocab="https://schema.org/" typeof="JobPosting"><h1 property="title">Cook</h1>
 <span property="hiringOrganization" typeof="Organization"><b property="name">Acme</b></span>
 <div property="jobLocation" typeof="Place"><div property="address" typeof="PostalAddress">
 <span property="addressLocality">Leeds</span></div></div><time property="datePosted" datetime="2026-11-01">1 Nov</time>
 <div property="description"><p>We <b>cook</b>.</p></div></div>"""


@pytest.mark.parametrize("page", [RDFA, RDFA.replace('property="', 'property="schema:').replace('typeof="', 'typeof="schema:')])
def test_rdfa_is_read(page: str) -> None:
    (item,) = jsonld.postings(markup.parse(page))
    said = jobposting.fields(item)
    assert (jobposting.title(item), said["company"], said["places"][0].city, said["posted"]) == (
        "Cook",
        "Acme",
        "Leeds",
        "2026-11-01",
    )
    assert "<b>cook</b>" in said["html"]


@pytest.mark.parametrize(
    "employer",
    [
        '<span itemprop="hiringOrganization">Acme</span>',
        '<meta itemprop="hiringOrganization" content="Acme">',
        '<span itemprop="hiringOrganization" itemscope><span itemprop="name">Acme</span></span>',
        '<span itemprop="hiringOrganization" itemscope><meta itemprop="name" content="Acme"></span>',
        '<a itemprop="hiringOrganization" itemscope href="/acme">Acme</a>',
        '<div itemprop="hiringOrganization" itemscope><img itemprop="logo" src="x.png"> Acme</div>',
        '<div itemprop="hiringOrganization" itemscope content="Acme"><img itemprop="logo" src="x.png"></div>',
    ],
)
def test_the_employer_in_microdata(employer: str) -> None:
    page = f'<div itemscope itemtype="http://schema.org/JobPosting"><h1 itemprop="title">Cook</h1>{employer}</div>'
    assert jobposting.fields(jsonld.postings(markup.parse(page))[0])["company"] == "Acme"


NAMES = "confidential; Company Confidential; CONFIDENTIAL; (Confidential); Undisclosed; Vertraulich;"
NAMES += "Entreprise confidentielle; Confidential Employer; Our client; N/A"


@pytest.mark.parametrize("name", [name.strip() for name in NAMES.split(";")])
def test_confidential_is_no_employer(name: str) -> None:
    assert jobposting.organisation({"@type": "Organization", "name": name}) is None


@pytest.mark.parametrize("name", ["Confidential Records Inc", "Confide", "Our Client First Ltd"])
def test_a_name_that_begins_like_that_is_one(name: str) -> None:
    assert jobposting.organisation(name) == name
