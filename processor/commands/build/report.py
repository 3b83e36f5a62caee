"""What a build came to, as numbers. Nothing in it depends on the time of the run or on the machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Remark:
    """What could not be done for a note, as a sentence part for people."""

    path: str
    message: str


@dataclass(frozen=True)
class Left:
    """Findings of one rule that stand in the copy."""

    rule: str
    severity: str
    times: int
    unsafe: int = 0  # of these a build with the unsafe fixes would mend


@dataclass(frozen=True)
class MostWanted:
    """A note that is asked for and does not exist, in how many notes, and in how many links."""

    note: str
    asked_by: int
    links: int


@dataclass(frozen=True)
class Report:
    """`stamps` are all stamps of the copy, `clickable` those that start their video, `clickable_before` those of the source that did.

    `fixed` counts fixes by family and rule, `made` new links by what they are. `missing` are notes asked for that do not
    exist, `most_wanted` the first ten of them. `index` is the path of the start note; empty where there is none. `remarks` tell what could not be done.
    """

    notes: int
    changed: int
    added: int
    stamps: int
    clickable: int
    clickable_before: int
    fixed: Mapping[str, Mapping[str, int]]
    made: Mapping[str, int]
    hubs: int
    new_hubs: int
    missing: int
    most_wanted: tuple[MostWanted, ...]
    stubs: int
    left: tuple[Left, ...]
    index: str = ""
    remarks: tuple[Remark, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the report as JSON holds it."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Report:
        """Return what `as_data` gave. Raise KeyError, TypeError or ValueError for anything else."""
        values = dict(data)
        values["left"] = tuple(
            Left(str(x["rule"]), str(x["severity"]), int(x["times"]), int(x.get("unsafe", 0))) for x in data["left"]
        )
        values["remarks"] = tuple(Remark(str(x["path"]), str(x["message"])) for x in data["remarks"])
        values["most_wanted"] = tuple(
            MostWanted(str(x["note"]), int(x["asked_by"]), int(x.get("links", x["asked_by"])))
            for x in data["most_wanted"]
        )
        for key in (
            "notes",
            "changed",
            "added",
            "stamps",
            "clickable",
            "clickable_before",
            "hubs",
            "new_hubs",
            "missing",
            "stubs",
        ):
            values[key] = int(data[key])
        values["index"] = str(data.get("index", ""))
        values["made"] = {str(k): int(n) for k, n in data["made"].items()}
        values["fixed"] = {str(f): {str(r): int(n) for r, n in rules.items()} for f, rules in data["fixed"].items()}
        return cls(**values)
