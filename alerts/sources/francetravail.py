"""France Travail, the French employment agency (Offres d'emploi v2).

Endpoint: GET https://api.francetravail.io/partenaire/offresdemploi/v2/offres/search?motsCles=&departement=&range=0-149 with a
token that a free id and secret of your own are exchanged for first; 10 requests a second, 150 rows a page, 3,150 at most,
partial answers have the status 206.

Gives: employer (often left out), place, contract, hours, experience, sector, skills, pay as text ("Annuel de 38000.0 Euros
à 42000.0 Euros"), text. Dates: ``dateCreation`` is the day of publishing, ``dateActualisation`` the last change.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

from alerts.model.options import Options as Base
from alerts.model.options import Secret
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPlace, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, labels, rows
from alerts.parse.build import Postings, pay, place
from alerts.parse.calls import Walk, ids, query, wanted
from alerts.parse.values import line, path, text, texts
from alerts.sources._keys import BaseUrl
from alerts.sources._limits import Count

ABOUT = About(
    title="France Travail",
    confidence="documented",
    complete=False,
    searchable=True,
    least_minutes=60,
    terms="A key of your own from https://francetravail.io; link to the posting and name France Travail as the source.",
    aggregator=True,
)

_SIZE, _LAST = 150, 3000
_TOWN = re.compile(r"\w{2,3} - (.+?)(?: \d{1,2})?")


class Options(Base):
    """``id`` and ``secret`` of your application; ``departement`` as its number ("75")."""

    id: str
    secret: Secret
    search: tuple[str, ...] = ()
    departement: str | None = None
    pages: Count = 2
    base_url: BaseUrl = "https://api.francetravail.io"
    token_url: BaseUrl = "https://entreprise.francetravail.fr/connexion/oauth2/access_token"  # noqa: S105 - an address


def recognise(address: str) -> dict[str, object] | None:
    """Nothing: a key is needed, which no address tells."""
    return None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """A token for each word to search for; the search follows it."""
    form = {"grant_type": "client_credentials", "client_id": options.id, "client_secret": options.secret.get_secret_value()}
    body = urlencode({**form, "scope": "api_offresdemploiv2 o2dsoffre"}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return tuple(
        Request(
            f"{options.token_url}?realm=%2Fpartenaire",
            "POST",
            headers,
            body,
            state={"words": words},
            conditional=False,
        )
        for words in wanted(options.search, asking, 5) or ("",)
    )


def read(page: Page, options: Options) -> Reading:
    """The token, or one page of 150."""
    state = page.request.state
    words = state.get("words", "")
    said = None if page.status == 204 else answer(page, "France Travail")
    token = text(path(said, "access_token"))
    if token:
        return Reading(next=_ask(options, words, 0, f"Bearer {token}", {}))
    listed, found = [] if said is None else rows(said, "France Travail", "resultats"), Postings(page.url)
    for row in listed:
        identity = line(row.get("id"))
        page_url = (
            f"https://candidat.francetravail.fr/offres/recherche/detail/{addresses.segment(identity)}" if identity else None
        )
        found.add(
            identity,
            path(row, "origineOffre.urlOrigine") or page_url,
            row.get("intitule"),
            company=path(row, "entreprise.nom"),
            apply_url=path(row, "contact.urlPostulation"),
            places=_place(line(path(row, "lieuTravail.libelle"))),
            employment=[
                row.get("typeContratLibelle") or row.get("typeContrat"),
                row.get("dureeTravailLibelleConverti"),
                "alternance" if row.get("alternance") is True else None,
            ],
            level=row.get("qualificationLibelle"),
            category=[*texts(row.get("appellationlibelle")), *texts(row.get("romeLibelle"))],
            industry=row.get("secteurActiviteLibelle"),
            tags=labels(row.get("competences"), "libelle"),
            pay=pay(said=path(row, "salaire.libelle") or path(row, "salaire.commentaire")),
            posted=row.get("dateCreation"),
            updated=row.get("dateActualisation"),
            text=row.get("description"),
            facts={"experience": row.get("experienceLibelle")},
        )
    walk = Walk.at(page, ids(listed, "id"), page.headers.get("content-range", "").rpartition("/")[2])
    more = walk.more(_SIZE, options.pages) and walk.seen <= _LAST
    secret = page.request.secret_headers.get("Authorization", "")
    return found.reading(_ask(options, words, walk.seen, secret, walk.state()) if more else None, total=walk.total)


def _ask(options: Options, words: str, offset: int, secret: str, state: dict[str, str]) -> Request:
    span = f"{offset}-{offset + _SIZE - 1}"
    url = query(f"{options.base_url}/partenaire/offresdemploi/v2/offres/search", motsCles=words, departement=options.departement)
    url = f"{url}{'&' if '?' in url else '?'}sort=1&range={span}"
    return Request(
        url,
        headers={"Accept": "application/json"},
        secret_headers={"Authorization": secret},
        state={**state, "words": words},
        empty=True,
    )


def _place(said: str | None) -> RawPlace | None:
    """The place of "69 - LYON 07": the number of the département, the town, and that of its arrondissement."""
    found = _TOWN.fullmatch(said or "")
    return place(said, found[1] if found else None, country="FR")
