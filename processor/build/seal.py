"""What tells at once that nothing has changed since a copy was last compared byte by byte: the stats of all its files and
of all files of its source, kept in the user's cache folder. Lost or damaged, the files are compared again.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from processor.build.manifest import FILE, Manifest, settings_text
from processor.build.options import Options
from processor.cache import Stats, digest, folder, program, replace_file
from processor.config import Config


class Seal:
    """The stats of a source and its copy at this moment. Make it before any file is read."""

    def __init__(
        self, root: Path, out: str, paths: Sequence[str], manifest: Manifest, config: Config, options: Options
    ) -> None:
        stats = (Stats(root, sorted(paths)), Stats(out, [FILE, *sorted(manifest.files)]))
        self._settled = not any(s.unsettled() for s in stats)
        where = repr((os.path.realpath(root), out))
        self._path = folder() / "answers" / f"{digest(where.encode(errors='surrogatepass'))}-build"
        words = [program(), settings_text(config, options), *(repr(s.paths) for s in stats)]
        said = "\n".join(words).encode(errors="surrogatepass")
        self._value = digest(said + b"".join(s.plain() for s in stats)).encode()

    def is_unbroken(self) -> bool:
        """Whether all is as it was when the seal was last set."""
        if self._settled:
            with suppress(OSError):
                return self._path.read_bytes() == self._value
        return False

    def set(self) -> None:
        """Remember that the copy is what its source gives. Without effect where a file changed a moment ago."""
        if self._settled:
            with suppress(OSError):
                replace_file(self._path, [self._value])
