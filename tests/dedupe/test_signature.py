"""The estimate of likeness is near the true share of common three-word runs."""

import random
import re

import pytest

from alerts.dedupe.signature import signature, similarity


def share(one: str, two: str) -> float:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text)
        return set(zip(words, words[1:], words[2:], strict=False))

    a, b = runs(one), runs(two)
    return len(a & b) / len(a | b)


@pytest.mark.parametrize("changed", [0.0, 0.02, 0.1, 0.3, 1.0])
def test_the_estimate_is_near_the_truth(changed: float) -> None:
    chance = random.Random(7)
    words = [f"w{chance.randrange(500)}" for _ in range(600)]
    other = [f"x{n}" if chance.random() < changed else word for n, word in enumerate(words)]
    one, two = " ".join(words), " ".join(other)
    found = similarity(signature(one), signature(two))
    assert found is not None
    assert abs(found - share(one, two)) < 0.2


def test_case_and_punctuation_make_no_difference() -> None:
    text = " ".join(f"word{n}" for n in range(60))
    assert signature(text) == signature(text.upper().replace(" ", ", "))


def test_too_short_says_nothing() -> None:
    assert similarity(signature("a few words"), signature("a few words")) is None
