from __future__ import annotations

import pytest

from processor.globs import compile_glob, matches

FITS = [
    ("templates", "templates/a.md"),
    ("templates", "deep/templates/b/c.md"),
    ("templates/", "deep/templates/b/c.md"),
    ("*.draft.md", "x/y.draft.md"),
    ("/templates", "templates/a.md"),
    ("./inbox/*.md", "inbox/a.md"),
    ("a/**/z.md", "a/z.md"),
    ("a/**/z.md", "a/b/c/z.md"),
    ("**/z.md", "z.md"),
    ("a/**", "a/b/c"),
    ("?.md", "é.md"),
    ("[abc].md", "b.md"),
    ("[!abc].md", "d.md"),
    ("[]].md", "].md"),
    ("[a", "[a"),
    ("a+(b).md", "a+(b).md"),
    ("[\\w].md", "w.md"),
]
FITS_NOT = [
    ("templates", "templates.md"),
    ("templates", "my-templates/a.md"),
    ("templates/", "templates"),
    ("/templates", "deep/templates/a.md"),
    ("inbox/*.md", "inbox/deep/a.md"),
    ("inbox/*.md", "x/inbox/a.md"),
    ("a/**/z.md", "a/bz.md"),
    ("?.md", "ab.md"),
    ("a?b", "a/b"),
    ("a[!x]b", "a/b"),
    ("[!abc].md", "a.md"),
    ("a.md", "aXmd"),
    ("a.md", "a.md\n"),
    ("[\\w].md", "b.md"),
]


@pytest.mark.parametrize(("pattern", "path"), FITS)
def test_fits(pattern: str, path: str) -> None:
    assert matches(path, [pattern])


@pytest.mark.parametrize(("pattern", "path"), FITS_NOT)
def test_does_not_fit(pattern: str, path: str) -> None:
    assert not matches(path, [pattern])


def test_one_of_several_is_enough_and_none_fits_nothing() -> None:
    assert matches("b.md", ["a.md", "b.md"])
    assert not matches("b.md", [])


def test_a_pattern_that_is_none() -> None:
    with pytest.raises(ValueError, match=r'"\[z-a\]" is no valid pattern'):
        compile_glob("[z-a]")
