"""A look at the letters of a text never says no where reading its words says yes, and yes only where that says yes."""

from __future__ import annotations

import random

import pytest

from alerts.match import entry, forms
from alerts.match.aliases import extended
from alerts.match.spotted import Spotted
from alerts.match.tree import Says
from alerts.match.vocabulary import Vocabulary
from alerts.model.posting import Posting

#: Words as postings write them, with what is hard in them: signs inside, two spellings, other scripts, marks, forms.
WORDS = """
full-stack fullstack Full‑Stack node.js NodeJS Node .NET ASP.NET C++ C++17 С++ C# R R&D U.S. US
don't don’t dont l'équipe Ingénieur Ingénieurs Müller Mueller Muller Zürich STRASSE Straße Go
go, Go-to-market going goes Golang Python3 python programming programs program planned planning
studies study engineers engineering engineer's entwickler Entwicklerinnen Softwareentwickler
Entwicklung Entwicklungen Leiter Leiterin desarrolladores développeurs ontwikkelaars gewerkt
werk Java개발자 개발자 データ分析 Разработчик разработчики مهندسة café café İstanbul naïve Ærø ½ ™ Ⅳ m²
ﬁnance x_python_y front-end/back-end state-of-the-art A/B-tests e-mail E-Mails 3-D web3 K8s
kubernetes SQL, SQL. (SQL) .NET8 sql-server
"""
WRITTEN = WORDS.split()
ENTRIES = (
    (
        "fullstack;full-stack;node.js;nodejs;node;.net;c++;c#;R;R&D;US;U.S.;dont;don't;équipe;ingenieur;"
        "Müller;mueller;muller;strasse;Go;go;golang;python;python*;program;programming;plan;study;"
        "studies;engineer;engineers;engineering;entwickler;entwicklung;softwareentwickler;leiterin;"
        "desarrollador;développeur;ontwikkelaar;werken;개발자;データ;разработчик;مهندس;cafe;istanbul;naive;"
        "aero;iv;m2;finance;frontend;front-end;stateoftheart;email;e-mail;3d;web3;k8s;sql;sqlserver;ab;"
        '"full stack";data scientist;machine learning;software engineer;web develop*;'
    )
    .strip(";")
    .split(";")
)


@pytest.mark.parametrize("language", [None, "en", "de", "fr", "nl", "es", "sv", "ru", "ko"])
def test_it_never_denies_what_the_words_say(language: str | None):
    chance = random.Random(f"glance {language}")
    aliases = extended({})
    leaves = [Says(("text",), entry.parse(text, aliases=aliases).expression, text) for text in ENTRIES]
    vocabulary = Vocabulary(leaves)
    told = 0
    for _ in range(150):
        said = [chance.choice(WRITTEN) for _ in range(chance.randint(1, 25))]
        text = "".join(word + chance.choice([" ", " ", ", ", ". ", "\n", "\u00a0", "/", "-", "…"]) for word in said)
        posting = Posting("s", "1", "u", "t", text=text, language=language)
        spotted = Spotted(text, forms.languages(language), vocabulary.meant(posting))
        words = vocabulary.words(posting)
        for leaf in leaves:
            truth, seen = words.find(("text",), leaf.expression) is not None, spotted.says(leaf.expression)
            assert seen in (truth, None), (text, leaf.wanted)
            told += seen is not None
    assert told, "a look tells something"
