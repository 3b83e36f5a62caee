"""What identifies a finding from one run to the next, though lines above it came and went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from processor.lint.linter import LintResult
from processor.report import View
from processor.rules.base import Finding

LONGEST = 400  # code points of the quoted text that count


def fingerprints(result: LintResult, view: View) -> Iterator[tuple[Finding, str]]:
    """Yield each finding and a word of 32 hexadecimal digits made of its path, its rule, the text it is about, and how many
    equal ones stand before it in the note; no two are equal.
    """
    import hashlib

    before: Counter[tuple[str, str, str]] = Counter()
    for f in result.findings:
        text = view.text_of(f.path)
        quoted = f.message if text is None else text[f.span.start : min(f.span.end, f.span.start + LONGEST)]
        key = (view.show_path(f.path), f.rule, quoted)
        words = "\0".join((*key, str(before[key])))
        before[key] += 1
        yield f, hashlib.blake2b(words.encode(errors="backslashreplace"), digest_size=16).hexdigest()
