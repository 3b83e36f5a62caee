"""What a text is about."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from processor.captions.terms import script_of, terms_of


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Weights, she's weighing: 70% of 1,000!", ["weigh", "she", "weigh", "70", "perce", "of", "1000"]),
        ("größere Straßen", ["gröss", "stras"]),
        ("seventy dollars, $70", ["70", "dolla", "dolla", "70"]),
        ("重みは", ["重み", "みは"]),
        ("हिन्दी में", ["हिन्द", "में"]),
        ("ภาษา", ["ภา", "าษ", "ษา"]),
        ("القبة", ["القبة"]),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    found = terms_of(text)
    assert found == terms
    assert terms_of(normalize("NFD", text)) == found


@pytest.mark.parametrize(
    ("text", "script"),
    [("weights", "LATIN"), ("größe", "LATIN"), ("重み", "EAST"), ("ひ", "EAST"), ("веса", "CYRILLIC"), ("70", "")],
)
def test_scripts(text: str, script: str) -> None:
    assert script_of(terms_of(text)[0]) == script
