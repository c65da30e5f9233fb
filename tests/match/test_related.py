"""Gender, plural and compounds, whatever language a posting was taken for; words that only look like compounds."""

from __future__ import annotations

from datetime import datetime

import pytest

from alerts.match import occupations
from alerts.match.related import related

from .saying import check, rows

GENDER = r"""
entwickler | + Entwicklerin Java
entwickler | + Entwickler*in
entwicklerin | + Java Entwickler
koch | + Köchin gesucht | de
koch | + Jungkoch (m/w/d)
arzt | + Ärztin
ärztin | + Facharzt für Urologie
anwalt | + Rechtsanwältin
werkstudent | + Werkstudentin Marketing
projektmanager | + Projektmanagerin Bau
bioverfahrenstechniker | + Bioverfahrenstechnikerin
verkäufer | + Verkäufer:innen
pflegefachkraft | + Pflegefachkräfte (m/w/d)
kaufmann | + Kauffrau für Büromanagement
développeur | + Développeuse web
directeur | + Directrice adjointe
boulanger | + Boulangère
vendeur | + Vendeuse en boulangerie
infirmier | + Infirmière de nuit
aide-soignant | + Aide-soignante
technicien | + Technicienne
acheteur | + Acheteuse confirmée
chargé de projet | + Chargée de projet
ingénieur | + Ingénieure qualité
conseillère | + Conseiller clientèle
desarrollador | + Desarrolladora
enfermera | + Enfermero/a
profesor | + Profesora de inglés
abogado | + Abogadas laboralistas
camarero | + Camarera de piso
desenvolvedor | + Pessoa desenvolvedora
engenheiro | + Engenheira civil
cozinheiro | + Cozinheiras
sviluppatore | + Sviluppatrice
infermiere | + Infermiera
cameriere | + Camerieri
programista | + Programistka Java
inżynier | + Inżynierowie
kierowca | + Kierowcy kat. C
sprzedawca | + Sprzedawczyni
účetní | + Účetní
prodavač | + Prodavačka
инженер | + Инженера-программиста
продавец | + Продавцы
ontwikkelaar | + Ontwikkelaars
verpleegkundige | + Verpleegkundigen
utvecklare | + Utvecklaren
sjuksköterska | + Sjuksköterskor
mühendis | + Makine Mühendisi
uzman | + Muhasebe Uzmanı
kehittäjä | + Kehittäjät
"""

COMPOUNDS = r"""
entwickler | + Softwareentwickler (m/w/d)
entwickler | + Webentwicklerin
software entwickler | + Softwareentwickler
softwareentwickler | + Software Entwickler
softwareentwickler | + Software-Entwicklerin
java entwickler | + Javaentwickler
front-end entwickler | + Frontendentwickler
senior java entwickler | + Senior Javaentwickler
vertrieb leiter | + Vertriebsleiter
vertriebsleiter | + Vertriebsleiterin
leiter | + Filialleiter
leiter | - Begleiter für Schulweg
leiter | - Halbleiter Vertrieb
leiter | - Reisebegleiter
arzt | + Assistenzärztin Chirurgie
arzt | - Arzthelferin
käufer | - Verkäufer
arbeiter | - Mitarbeiter im Lager
wickler | - Entwickler
entwickler | - Entwicklung
ontwikkelaar | + Softwareontwikkelaar
utvecklare | + Systemutvecklare .NET
utvikler | + Systemutvikler
udvikler | + Softwareudvikler
sykepleier | + Intensivsykepleier
sygeplejerske | + Afdelingssygeplejerske
lærer | + Musiklærer
sjuksköterska | + Operationssjuksköterska
kehittäjä | + Ohjelmistokehittäjä
hoitaja | + Sairaanhoitaja
fejlesztő | + Szoftverfejlesztő
mérnök | + Gépészmérnök
"entwickler" | - Softwareentwickler
agent | - Reagents Chemist
agent | - Agentforce Developer
pilot | - Autopilot Engineer
tester | - Protester Liaison
arts | - Counterparts Desk
lege | - College Advisor
copywriter | + Copy Writer
copy writer | + Copywriters
day care | + Daycare Worker
daycare | + Day Care Worker
data base administrator | + Database Administrator
sys admin | + Sysadmin
help desk | + Helpdesk Analyst
healthcare | + Health Care Assistant
dish washer | + Dishwasher
under writer | + Underwriter
sales force | - Salesforce Admin
salesforce | - Sales force lead
"copy writer" | - Copywriter
intern | - Internal Auditor
cook | - Cookie Baker
career | - Carer, Nights
carer | - Care Assistant
developer | - Business Development
physician | - Physics Teacher
agent | + Agents wanted
"""


@rows(GENDER)
def test_gender_and_number(row: tuple[str, ...], now: datetime):
    check(row, now)


@rows(COMPOUNDS)
def test_compounds(row: tuple[str, ...], now: datetime):
    check(row, now)


@pytest.mark.parametrize("word", ["a", "go", "c++", "node.js", "4711", "x" * 80, "тест", "数据"])
def test_words_of_any_kind_are_asked(word: str):
    """Nothing that a user writes makes the forms of a word endless or fails."""
    assert len(related(word)) < 40


def test_the_table_is_kept_as_it_stands():
    """It costs its own size; a search that needs no occupation reads some of it and parses nothing."""
    assert sum(map(len, occupations._table().values())) < 600_000
    assert occupations.forms("python") == ()
    assert "entwicklerin" in occupations.forms("entwickler")[0].words
