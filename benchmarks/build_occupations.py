"""Build alerts/match/data/occupations.txt from a folder of lists, one file a language: masculine, feminine, other forms, weight.

    python benchmarks/build_occupations.py FOLDER

The lists are made from the labels of ESCO (see NOTICE). Written are folded forms, a line an occupation; ``+`` before those that
end longer words in their language. Left out: words of those languages that name no person, and compounds whose head is there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from alerts.match import occupations, words

TARGET = Path(__file__).parent.parent / "alerts" / "match" / "data" / "occupations.txt"
COMPOUNDING = ("en", "de", "nl", "sv", "da", "no", "fi", "hu")
OTHERS = ("fr", "es", "it", "pt", "pl", "cs", "ru", "tr")
#: Words that name a person, by their endings, where the lists hold many that do not.
PERSON = {
    "de": r".*(er|or|ist|ent|ant|eur|oge|iker|frau|mann|leute|kraft|hilfe|arzt|koch|wirt|wart|anwalt|rat|chef|schwester|amme|"
    r"pathe|agoge|graf|graph|nom|tekt|lehrling|beamte|angestellte|beauftragte|notar|konditor|assistenz|leitung|student|coach|lotse)",
    "nl": r".*(er|or|ist|ent|ant|eur|aar|oog|ier|kundige|man|vrouw|arts|kok|chef|meester|hulp|bediende|tect|ster|iater|agoog|"
    r"vroedvrouw|beambte|coach|advocaat|notaris|docent|student|stagiair|stagiaire)",
    "sv": r".*(er|are|or|ist|ent|ant|log|man|kvinna|chef|skoterska|morska|tekt|kock|terapeut|elev|advokat|ansvarig|ombud|vard|"
    r"coach|nom|pilot|bitrade|strateg|pedagog|graf|hjalp|handledare|vaktmastare|jurist|lots)",
    "hu": r".{3,}(o|us|ista|or|er|ok|ar|es|as|ens|sz|orvos|ogus|nok)",
    "fi": r".{5,}",
}
PERSON["da"] = PERSON["no"] = (
    r".*(er|or|ist|ent|ant|log|mand|mann|kvinde|kvinne|chef|sjef|leder|lege|laege|tekt|medarbejder|medarbeider|plejerske|pleier|elev|"
    r"laerling|kok|kokk|terapeut|pedagog|paedagog|hjelper|hjaelper|giver|vert|vaert|jurist|advokat|pilot|nom|graf|coach|kraft|agronom)"
)
#: Listed words that name no person, or end too many words that have nothing to do with them.
LEFT_OUT = frozenset(
    """
    center former loader tier tor data sport bank metal software service marketing mobile film college computer server filter
    motor sensor register theater transporter container reaktor sektor faktor faktorer fabriker artikler typer mottaker over onto
    water waters equipment kant klaerer mento nover muvezeto lector rectrice auteur ober mobil loper ander
    """.split()  # noqa: SIM905
)
#: Heads this short are only these.
SHORT = frozenset("arzt koch kock kokk kok wirt wart chef sjef lege arts arzte koche kochs kocks koks".split())  # noqa: SIM905
#: Added by hand: words that the labels do not have by themselves.
OWN = {
    "en": ["writer writers", "driver drivers", "worker workers", "maker makers", "cleaner cleaners", "smith smiths",
           "keeper keepers"],
    "de": ["koch kochin koche kochen kochs kochinnen", "werkstudent werkstudentin werkstudenten werkstudentinnen",
           "praktikant praktikantin praktikanten praktikantinnen", "student studentin studenten studentinnen",
           "leiter leiterin leitern leiters leiterinnen", "kraft krafte kraften kraefte kraeften",
           "reiniger reinigerin reinigern reinigers reinigerinnen"],
    "sv": ["skoterska skoterskor skoterskan", "larare lararen lararna lararinna", "utvecklare utvecklaren utvecklarna"],
    "nl": ["ontwikkelaar ontwikkelaars ontwikkelaarster", "verpleegkundige verpleegkundigen", "kok koks"],
    "no": ["utvikler utvikleren utviklere utviklerne", "sykepleier sykepleiere sykepleieren sykepleierne",
           "kokk kokker kokken kokkene"],
    "da": ["udvikler udvikleren udviklere udviklerne", "sygeplejerske sygeplejersker sygeplejersken"],
    "hu": ["fejleszto fejlesztok fejlesztot fejlesztoje", "mernok mernokok mernokot", "apolo apolok apolono",
           "tanito tanitok tanitono", "takarito takaritok takaritono", "elado eladok eladono"],
    "fr": ["charge chargee charges chargees", "alternant alternante alternants alternantes"],
}  # fmt: skip


def families(path: Path) -> Iterator[list[str]]:
    """The folded forms of each occupation, its name first; German umlauts in both spellings."""
    person = re.compile(PERSON.get(path.stem, r".*"))
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        masculine, feminine, others, _ = line.split("\t")
        said = [form for form in (masculine, *feminine.split("|"), *others.split("|")) if form]
        if (
            masculine.startswith("#")
            or len(masculine) < 4
            or words.fold(masculine) in LEFT_OUT
            or not person.fullmatch(words.fold(masculine))
        ):
            continue
        forms = [spelling for form in said for reading in words.readings(form)[:1] for spelling in reading]
        forms = [form for form in forms if form not in LEFT_OUT]
        yield [form for form in dict.fromkeys(forms) if not re.search(r"in(e|en|s)$", form) or path.stem != "de"]


def merged(found: list[list[str]]) -> dict[str, list[str]]:
    """Name → forms, without those that are only forms of another."""
    forms_of: dict[str, list[str]] = {}
    for forms in found:
        if forms:
            forms_of[forms[0]] = list(dict.fromkeys([*forms_of.get(forms[0], ()), *forms]))
    inner = {form for name, forms in forms_of.items() for form in forms if form != name}
    return {name: forms for name, forms in forms_of.items() if name not in inner}


def heads(found: dict[str, list[str]], not_compounds: frozenset[str]) -> dict[str, list[str]]:
    """Those that are no compound of another."""

    def head(name: str) -> bool:
        return any(
            name[at:] in found
            and len(name[at:]) > 3
            and name[:at] not in occupations.rules().verbal
            and name not in not_compounds
            for at in range(3, len(name) - 3)
        )

    return {name: forms for name, forms in found.items() if not head(name)}


def main() -> None:
    folder = Path(sys.argv[1])
    short = lambda form: len(form) > 4 or form in SHORT  # noqa: E731
    lines: dict[str, None] = {}
    for language in (*COMPOUNDING, *OTHERS):
        own = [line.split() for line in OWN.get(language, ())]
        found = merged([*own, *families(folder / f"{language}.tsv")])
        shut = frozenset(words.fold(word) for word in _not(folder / f"{language}.not.tsv"))
        kept = heads(found, shut) if language in COMPOUNDING else found
        for name, forms in kept.items():
            mark = "+" if language in COMPOUNDING and all(map(short, forms)) else "="
            if len(alike := [form for form in forms if form[0] == name[0]]) > 1 or mark == "+":
                lines[f"{mark} {' '.join(alike)} "] = None
        print(language, len(found), len(kept))
    head = "# Occupations, folded: the forms of one a line, + for heads of compounds; made by benchmarks/build_occupations.py"
    TARGET.write_text("\n".join([head, *sorted(lines, key=lambda line: line[2:])]) + "\n", "utf-8")


def _not(path: Path) -> list[str]:
    return path.read_text("utf-8").split() if path.exists() else []


if __name__ == "__main__":
    main()
