"""The findings in columns: a row a note, rule and severity. A text that stands in many rows is written once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from processor.commands.report.piece import Row
from processor.lint.findings import FEW
from processor.rules.base import SEVERITIES, all_rules

Known = Mapping[tuple[str, str], int]
"""How many findings of a rule a note had before: by path and rule."""


class Texts(dict[str, int]):
    """Texts, each with the number under which it is known."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


class Rows:
    """The rows, added note by note. With `redact` nothing of the notes' texts is kept."""

    def __init__(self, *, redact: bool = False, before: Known | None = None) -> None:
        self._redact = redact
        self._before = None if before is None else dict(before)
        self.gone: list[tuple[str, str, int]] = []
        self._kinds: dict[tuple[str, str], int] = {}
        self._columns: dict[str, list[int]] = {name: [] for name in ("note", "kind", "count", "safe", "unsafe", "was")}
        self._messages, self._fixes = Texts(), Texts()
        self._excerpts: dict[str, list[Any]] = {name: [] for name in ("message", "line", "start", "end", "fix", "safe")}
        self._edits: list[int | str] = []
        self._places: list[int] = []

    def add(self, note: int, path: str, rows: Iterable[Row]) -> None:
        """Add the rows of a note, of that number."""
        columns = self._columns
        rows = list(rows)
        before = self._known_before(path, rows)
        for row in rows:
            kind = self._kinds.setdefault((row.rule, row.severity), len(self._kinds))
            columns["note"].append(note)
            columns["kind"].append(kind)
            columns["count"].append(row.number)
            columns["safe"].append(row.safe)
            columns["unsafe"].append(row.unsafe)
            if self._before is not None:
                columns["was"].append(next(before))
            line_before = 0
            for line, column in zip(row.places[::2], row.places[1::2], strict=True):
                self._places += (line - line_before, column)
                line_before = line
            for number, excerpt in enumerate(() if self._redact else row.first):
                self._add_excerpt(number, excerpt)

    def _known_before(self, path: str, rows: Sequence[Row]) -> Iterator[int]:
        """Yield of each row how many there were before. It is known by rule alone: where a note has several severities of one, each
        takes of that number as many as it has, and the last all that is left."""
        last = {row.rule: i for i, row in enumerate(rows)}
        left = {rule: self._before.pop((path, rule), 0) for rule in last} if self._before else dict.fromkeys(last, 0)
        for i, row in enumerate(rows):
            taken = left[row.rule] if last[row.rule] == i else min(row.number, left[row.rule])
            left[row.rule] -= taken
            yield taken

    def _add_excerpt(self, number: int, excerpt: Sequence[Any]) -> None:
        assert number < FEW
        message, line, start, end, fix, safe, edits = excerpt
        columns = self._excerpts
        columns["message"].append(self._messages[message])
        columns["line"].append(line)
        columns["start"].append(start)
        columns["end"].append(end)
        columns["fix"].append(self._fixes[fix] if fix else -1)
        columns["safe"].append(int(safe))
        if edits:
            self._edits += (len(columns["line"]) - 1, len(edits))
            for a, b, text in edits:
                self._edits += (a, b, text)

    def finish(self, paths: Iterable[str], rules: Iterable[str]) -> None:
        """That was all: what there was before of these notes and rules, and is no more, is `gone`."""
        if self._before is not None:
            there, on = {*paths}, {*rules}
            left = sorted(self._before.items())
            self.gone = [(path, rule, n) for (path, rule), n in left if path in there and rule in on]

    def plain(self) -> dict[str, Any]:
        """Return the rows, the note of each as the distance from that before."""
        columns: dict[str, Any] = {name: column for name, column in self._columns.items() if name != "was"}
        columns["note"] = deltas(columns["note"])
        if self._before is not None:
            columns["was"] = self._columns["was"]
            columns["gone"] = [] if self._redact else self.gone
        return {**columns, "kinds": [[rule, severity] for rule, severity in self._kinds]}

    def plain_texts(self) -> dict[str, Any]:
        """Return what is shown of each row: its places, and the excerpts of the first few of them."""
        excerpts = self._excerpts
        return {
            "messages": list(self._messages),
            "fixes": list(self._fixes),
            "edits": self._edits,
            "places": self._places,
            **excerpts,
        }

    def rules(self) -> list[dict[str, Any]]:
        """Return how much there is of each kind, the gravest first, then the most frequent."""
        zeros = dict.fromkeys(("count", "safe", "unsafe", "notes", "came", "went"), 0)
        found: list[dict[str, Any]] = [{"rule": r, "severity": severity, **zeros} for r, severity in self._kinds]
        columns = self._columns
        for i, (kind, count, safe, unsafe) in enumerate(
            zip(columns["kind"], columns["count"], columns["safe"], columns["unsafe"], strict=True)
        ):
            row = found[kind]
            row["count"] += count
            row["safe"] += safe
            row["unsafe"] += unsafe
            row["notes"] += 1
            if self._before is not None:
                more = count - columns["was"][i]
                row["came" if more > 0 else "went"] += abs(more)
        found.sort(key=lambda r: (SEVERITIES.index(r["severity"]), -r["count"], r["rule"]))
        return self._with_gone(found)

    def _with_gone(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the same with what is gone from notes that have nothing of a rule any more: told once, of its gravest kind; of a rule
        of which nothing is left anywhere, behind all others."""
        first: dict[str, dict[str, Any]] = {}
        for row in found:
            first.setdefault(row["rule"], row)
        zeros = dict.fromkeys(("count", "safe", "unsafe", "notes", "came", "went"), 0)
        rules = all_rules()
        for _, rule, n in self.gone:
            if rule not in first:
                severity = rules[rule].severity if rule in rules else SEVERITIES[-1]
                first[rule] = {"rule": rule, "severity": severity, **zeros}
            first[rule]["went"] += n
        return [*found, *sorted((row for row in first.values() if not row["count"]), key=lambda row: str(row["rule"]))]


def deltas(numbers: Sequence[int]) -> list[int]:
    """Return the first number, then of each the distance from that before: small numbers, which pack well."""
    return [*numbers[:1], *(b - a for a, b in pairwise(numbers))]
