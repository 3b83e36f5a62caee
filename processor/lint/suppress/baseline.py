"""The baseline: findings of today that are not to be reported again.

An entry says which rule, which note, what text the finding covers and how many such there are; no line, so it
outlives edits elsewhere in the note. One entry a line, sorted: a change of it is small in git.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from processor.rules.base import Finding

VERSION = 1
_LONGEST = 120  # characters of a span's text; of a longer one the beginning and a checksum


class BaselineError(ValueError):
    """The file is no baseline; the message says where and why."""


class Entry(NamedTuple):
    """What makes two findings the same: note, rule and the text that they cover."""

    path: str
    rule: str
    text: str


@dataclass(frozen=True)
class Baseline:
    """How often each finding is known."""

    entries: Mapping[Entry, int]

    def filter(
        self,
        findings: Iterable[Finding],
        texts: Mapping[str, str],
        *,
        judged: Collection[str] | None = None,
        rules: Collection[str] | None = None,
    ) -> tuple[list[Finding], int]:
        """Return the findings that are new, and how many known ones are gone.

        `texts` are the notes' texts by path. Of several equal findings the first are the known ones. Where only some notes were `judged` or
        only some `rules` run (None: all), entries of others do not count as gone.
        """
        left = Counter(self.entries)
        new = []
        for finding in findings:
            entry = _entry(finding, texts)
            if left[entry] > 0:
                left[entry] -= 1
            else:
                new.append(finding)
        gone = left.total() - sum(Baseline(left).beyond(judged, rules).entries.values())
        return new, gone

    def beyond(self, notes: Collection[str] | None, rules: Collection[str] | None) -> Baseline:
        """Return what is listed of other notes, or by other rules (None: there are no others)."""
        return Baseline(
            {
                entry: count
                for entry, count in self.entries.items()
                if (notes is not None and entry.path not in notes) or (rules is not None and entry.rule not in rules)
            }
        )


def write_baseline(findings: Iterable[Finding], texts: Mapping[str, str], others: Baseline | None = None) -> str:
    """Return the baseline of these findings and of what it lists of `others`, as JSON; `texts` are the notes' texts by path."""
    counts = Counter(_entry(f, texts) for f in findings)
    counts.update(others.entries if others else {})
    lines = [
        "    " + json.dumps({**entry._asdict(), "count": count}, ensure_ascii=False)
        for entry, count in sorted(counts.items())
    ]
    listed = "[\n" + ",\n".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {listed}\n}}\n'


def read_baseline(text: str) -> Baseline:
    """Return the baseline that a file holds. Raises BaselineError, which names the line."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BaselineError(f"line {error.lineno}: no valid JSON: {error.msg}") from None
    except RecursionError:
        raise BaselineError("line 1: no baseline: it is nested too deeply") from None
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise BaselineError('line 1: no baseline: it has no list "findings"; write it anew with --write-baseline')
    if data.get("version") != VERSION:
        line = _line_of(text, '"version"')
        raise BaselineError(
            f'line {line}: "version" must be {VERSION}, not {json.dumps(data.get("version"))}; write it anew with --write-baseline'
        )
    entries: Counter[Entry] = Counter()
    for i, item in enumerate(data["findings"]):
        fault = _fault(item)
        if fault:
            raise BaselineError(f"line {_line_of_entry(text, i)}: {fault}")
        entries[Entry(item["path"], item["rule"], item["text"])] += item["count"]
    return Baseline(entries)


def _entry(finding: Finding, texts: Mapping[str, str]) -> Entry:
    text = texts[finding.path][finding.span.start : finding.span.end]
    if len(text) > _LONGEST:
        checksum = blake2b(text.encode(errors="surrogatepass"), digest_size=8).hexdigest()
        text = f"{text[:_LONGEST]}… {checksum}"
    return Entry(finding.path, finding.rule, text)


def _fault(item: object) -> str:
    """Return what is wrong with an entry; empty where nothing is."""
    if not isinstance(item, dict):
        return "each of the findings must be an object"
    for key in Entry._fields:
        if not isinstance(item.get(key), str):
            return f'"{key}" must be there, and a string'
    count = item.get("count")
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        return '"count" must be there, and a whole number above 0'
    return ""


def _line_of(text: str, key: str) -> int:
    return text.count("\n", 0, max(0, text.find(key))) + 1


def _line_of_entry(text: str, index: int) -> int:
    """Return the line on which the entry `index` of valid JSON begins."""
    decoder = json.JSONDecoder()
    at = _after_key(text, decoder)
    for _ in range(index):
        at = _skip(text, decoder.raw_decode(text, _skip(text, at))[1])
    return text.count("\n", 0, _skip(text, at)) + 1


def _after_key(text: str, decoder: json.JSONDecoder) -> int:
    """Return where the list "findings" of the outermost object begins, behind its bracket; of several the last counts."""
    found = at = _skip(text, 0) + 1
    while True:
        at = _skip(text, at)
        if text.startswith("}", at):
            return found
        key, at = decoder.raw_decode(text, at)
        at = _skip(text, at)
        if key == "findings":
            found = at + 1
        at = _skip(text, decoder.raw_decode(text, at)[1])


def _skip(text: str, at: int) -> int:
    """Past white space, commas and colons."""
    while text[at : at + 1] in (" ", "\t", "\r", "\n", ",", ":"):
        at += 1
    return at
