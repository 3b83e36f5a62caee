"""What a change takes from a vault: the files that links led to before it."""

from __future__ import annotations

import shlex
from typing import NamedTuple

from processor.vault import Vault


class Lost(NamedTuple):
    """The file that a link led to before the change that is judged: its path then, and now (None: it was deleted).

    Where both are one path, the file is where it was, and the note with the link was moved.
    """

    path: str
    now: str | None

    @property
    def story(self) -> str:
        """What became of it, and how it is done better."""
        if self.now is None:
            return f'it led to "{self.path}", which this change deletes'
        if self.now == self.path:
            return f'it led to "{self.path}" from the folder where this note was; "ytvault rename" moves a note with its links'
        paths = (self.path, self.now)
        dashes = ("--",) if any(p.startswith("-") for p in paths) else ()
        command = shlex.join(["ytvault", "rename", *dashes, *paths])
        return f'it led to "{self.path}", which this change renames; "{command}" in its place takes the links along'


def lost(path: str, source: str, vault: Vault) -> Lost | None:
    """What the path of a link in the note at `source`, which leads nowhere now, led to before the change."""
    if not vault.gone:
        return None
    names = vault.memo.get("gone")
    if names is None:
        moved = {now: then for then, now in vault.gone.items() if now is not None}
        names = vault.memo["gone"] = (Vault((), vault.gone), moved)
    before, moved = names
    stood = moved.get(source, source)
    found = before.resolve(path, stood).path
    if found is not None:
        return Lost(found, vault.gone[found])
    # of a note that was moved, `./` and `../` led elsewhere
    found = vault.resolve(path, stood).path if stood != source else None
    return Lost(found, found) if found is not None else None
