from __future__ import annotations

import re

import pytest

from processor.base.globs import compile_globs, matches

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
    ("[!abc].md", "a.md"),
    ("a.md", "aXmd"),
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


def test_the_last_pattern_that_fits_decides() -> None:
    assert not matches("talks/a.md", ["talks/*", "!talks/a.md"])
    assert matches("talks/b.md", ["talks/*", "!talks/a.md"])
    assert matches("talks/a.md", ["!talks/a.md", "talks/*"])


@pytest.mark.parametrize("pattern", ["[z-a]", "[a", "", "/", "# a comment", "!", "a\\"])
def test_a_pattern_that_is_none(pattern: str) -> None:
    with pytest.raises(ValueError, match=f'"{re.escape(pattern)}" is no valid pattern'):
        compile_globs(("fine", pattern))
