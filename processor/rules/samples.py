"""Samples of a rule: notes in its documentation that the tests run."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple


class Sample(NamedTuple):
    """A note in a rule's documentation: `bad` ones are reported, `good` ones are not, `fixed` is the bad one mended."""

    kind: Literal["bad", "good", "fixed", "file", "config"]
    path: str
    text: str
    encoding: str = "utf-8"

    @property
    def data(self) -> bytes:
        """What the sample's file holds."""
        return self.text.encode(self.encoding)


SAMPLE = r"(?ms)^( *)```(bad|good|fixed|file|config)(?:[ ]+(\S[^\n]*?))??(?:[ ]+encoding=(\S+))?\n(.*?)^\1```$"


def samples_of(doc: str) -> tuple[Sample, ...]:
    """Return the samples of a docstring: fenced blocks headed `bad`, `good`, `fixed`, `file PATH` or `config`.

    Behind the path may stand `encoding=NAME`.
    """
    found = []
    for indent, kind, path, encoding, text in re.findall(SAMPLE, doc):
        plain = re.sub(f"^{indent}", "", text, flags=re.M) if indent else text
        found.append(Sample(kind, path or "note.md", plain, encoding or "utf-8"))
    return tuple(found)
