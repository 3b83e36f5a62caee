"""What a change takes from a vault: the files that links led to before it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from processor.vault.per_vault import per_vault
from processor.vault.vault import Vault


class Gone(dict[str, str | None]):
    """The files that a change takes away, as `Vault.gone` has them. `here` stands before a path from the vault's root to
    make of it one from where the command was called, as `ytvault rename` takes it.
    """

    def __init__(self, paths: Mapping[str, str | None], here: str = "", options: Sequence[str] = ()) -> None:
        super().__init__(paths)
        self.here = here
        self.options = options  # that `ytvault rename` needs to know the vault


class Lost(NamedTuple):
    """The file that a link led to before the change that is judged: its path then, and now (None: it was deleted).

    Where both are one path, the file is where it was, and the note with the link was moved. `command` is the one that
    leads the link there, where there is one.
    """

    path: str
    now: str | None
    command: str = ""

    @property
    def story(self) -> str:
        """What became of it, and how it is done better."""
        if self.now is None:
            return f'it led to "{self.path}", which this change deletes'
        if self.now == self.path:
            return f'it led to "{self.path}" from the folder where this note was; `{self.command}` leads it there again'
        return f'it led to "{self.path}", which this change renames; `{self.command}` takes the link along'


def lost(path: str, source: str, vault: Vault) -> Lost | None:
    """Return what the path of a link in the note at `source`, which leads nowhere now, led to before the change."""
    if not vault.gone:
        return None
    before, moved = _before(vault)
    stood = moved.get(source, source)
    found = before.resolve(path, stood).path
    if found is not None:
        now = vault.gone[found]
        return Lost(found, now, "" if now is None else _rename(vault, found, now))
    # of a note that was moved, `./` and `../` led elsewhere
    found = vault.resolve(path, stood).path if stood != source else None
    return Lost(found, found, _rename(vault, stood, source)) if found is not None else None


@per_vault(traced=False)
def _before(vault: Vault) -> tuple[Vault, Mapping[str, str]]:
    """Return a vault of the files that are gone, and the earlier path of each file that was moved."""
    return Vault((), vault.gone), {now: then for then, now in vault.gone.items() if now is not None}


def _rename(vault: Vault, *paths: str) -> str:
    """Return the command that renames: called after the change too it changes the links alone."""
    here, options = (vault.gone.here, vault.gone.options) if isinstance(vault.gone, Gone) else ("", ())
    words = [here + path for path in paths]
    dashes = ("--",) if any(word.startswith("-") for word in words) else ()
    return shlex.join(["ytvault", "rename", *options, *dashes, *words])
