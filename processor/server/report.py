"""The page that shows the state of a vault, as `ytvault report` writes it: made by a process of its own, so that nobody who types
waits for it. It tells of what is on the disk.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from processor.load import cache
from processor.server.documents import path_of
from processor.server.session import Session

_MOST = 16  # pages that are kept


class PageError(Exception):
    """The page could not be made; the message says why."""


def root_asked_for(session: Session, uri: str | None) -> Path:
    """Return the root of the vault in which a file or folder lies; without one, that of the only vault that is open. Raise PageError
    where there is none, or more than one."""
    if uri is not None:
        file = path_of(uri)
        found = session.vaults_of([file]) if file else []
        if not found:
            raise PageError(f"{file or uri} lies in no vault that can be read")
        return found[0].root
    roots = [vault.root for vault in session.vaults]
    if len(roots) == 1:
        return roots[0]
    if not roots:
        raise PageError("no vault is open: give the command the URI of a note")
    raise PageError(f"{len(roots)} vaults are open: give the command the URI of a note in the one you mean")


def written_page(root: Path) -> Path:
    """Write the page of a vault, and return where it lies: in the cache, one a vault, so that in the vault nothing changes. Raise
    PageError."""
    place = cache.folder() / "pages"
    page = place / f"{root.name or 'vault'}-{cache.digest(str(root).encode(errors='surrogateescape'))[:8]}.html"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        page.unlink(missing_ok=True)
    except OSError as error:
        raise PageError(f"{error.filename or place}: cannot be written: {error.strerror}") from None
    # -P: a folder `processor` where it is started is not taken for the program
    call = [sys.executable, "-P", "-m", "processor", "report", "--vault", str(root), "--out", str(page), "--quiet"]
    done = subprocess.run(call, cwd=place, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603  this program itself
    if not page.exists():  # that a file of the vault cannot be read hinders nothing
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise PageError(told[-1] if told else f"ytvault report ended with {done.returncode}")
    with suppress(OSError):
        cache.trim(place, _MOST)
    return page
