"""What is to be said of each option of `ytvault lint` where it is declared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from processor.cli.options import Nature

GROUPS = "Which notes, Mending, Which rules, What is known already, How to report".split(", ")
NOTES, MENDING, RULES, KNOWN, REPORT = GROUPS
Way = Literal["stdin", "watch"]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Traits(Nature):
    """What is to be known of each parameter of `lint`."""

    remembered: bool
    """Whether the answer to a call with it may be remembered: it depends on the listing and on files that are read, and all
    that the call does is to print it."""
    stdin: bool
    """Whether it goes with the path `-`."""
    watch: bool
    """Whether it goes with `--watch`."""
    ahead: bool
    """Whether another process may look meanwhile at the vault of the notes that are named: see `load.ahead`."""
    file: Literal["", "read", "written"]
    """What is done with the file that it names, if it names one that is no note."""
