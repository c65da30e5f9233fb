"""Language: told by script and small words, and left open where it cannot be told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.normalise import language


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "We are looking for a developer who will work with our team in the city."),
        ("de", "Wir suchen einen Entwickler (m/w/d), der mit uns und unserem Team arbeitet."),
        ("fr", "Nous recherchons un développeur pour notre équipe, vous serez en charge de la plateforme."),
        ("es", "Buscamos una persona para nuestro equipo que trabaje con los clientes del sur."),
        ("nl", "Wij zoeken een collega voor ons team en jij werkt met de nieuwste techniek."),
        ("pt", "Procuramos uma pessoa para a nossa equipe, você vai trabalhar com o time de dados."),
        ("it", "Cerchiamo una persona per il nostro gruppo che lavori con i clienti della zona."),
        ("sv", "Vi söker en utvecklare som vill jobba med oss och du har inte bråttom från jobbet."),
        ("da", "Vi søger en udvikler til vores team, og du kan ikke lade være med at kode hos os."),
        ("pl", "Szukamy osoby do naszego zespołu, która będzie pracować nad produktem oraz się rozwijać."),
        ("zh", "我们正在招聘后端工程师，欢迎投递简历"),
        ("ja", "バックエンドエンジニアを募集しています"),
        ("ru", "Мы ищем разработчика в нашу команду"),
        ("uk", "Ми шукаємо розробника в нашу команду, який любить її"),
        ("ko", "백엔드 개발자를 찾고 있습니다"),
    ],
)
def test_a_sentence_is_enough(code: str, text: str) -> None:
    assert language.detect(text) == code


@pytest.mark.parametrize(
    "text", ["", "Python", "Senior DevOps Engineer 2026", "12345 --- 67", "Acme | Berlin | React, Node.js, AWS, Docker"]
)
def test_too_little_is_unknown(text: str) -> None:
    assert language.detect(text) is None


@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    assert language.detect(text) is None or len(language.detect(text) or "") == 2


@pytest.mark.parametrize(
    "row", [row for row in (Path(__file__).parent / "language.tsv").read_text("utf-8").splitlines() if row and row[0] != "#"]
)
def test_a_line_is_enough(row: str) -> None:
    code, text = row.split("\t")
    assert language.detect(text) == code
