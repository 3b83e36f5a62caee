"""What the program must know of each option of `ytvault lint`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from processor.cli.options import Nature

GROUPS = "Which notes, Mending, Which rules, What is known already, How to report".split(", ")
NOTES, MENDING, RULES, KNOWN, REPORT = GROUPS
Way = Literal["stdin", "watch"]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Traits(Nature):
    """What the program must know of a parameter of `lint`."""

    remembered: bool
    """Whether the answer to a call with it may be remembered: it depends on the listing and on files that are read, and all
    that the call does is to print it."""
    stdin: bool
    """Whether it goes with the path `-`."""
    watch: bool
    """Whether it goes with `--watch`."""
    file: Literal["", "read", "written"]
    """What is done with the file that it names, if it names one that is no note."""
