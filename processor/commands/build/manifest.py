"""What a build made: each path with its hash, kept in the copy under `.ytvault/`, where Obsidian does not look.

It is data, and never trusted further than that: a path in it that leads out of the copy makes it invalid.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import processor
from processor.commands.build.options import Options
from processor.commands.build.report import Report
from processor.config import Config

_FORMAT = 1
_HASH = re.compile(r"[0-9a-f]{64}")


class ManifestError(ValueError):
    """The manifest is none. The message is for people."""


@dataclass(frozen=True)
class Manifest:
    """What a build made, or was about to make.

    `made_from` is the fingerprint of all that it was made from. `files` are the files of the copy. While a build is
    writing, `complete` is False and `before` holds what its files held until then: each then holds one or the other.
    `obsidian` says that `.obsidian` was copied once.
    """

    made_from: str
    files: Mapping[str, str]
    report: Report
    complete: bool = True
    obsidian: bool = False
    before: Mapping[str, str] = field(default_factory=dict)

    def knows(self, path: str, digest: str) -> bool:
        """Return whether a build made a file of these bytes there."""
        return digest in (self.files.get(path), self.before.get(path))

    def encode(self) -> bytes:
        data: dict[str, Any] = {
            "format": _FORMAT,
            "about": "Made by `ytvault build`, which needs it to know its own files again.",
            "complete": self.complete,
            "obsidian": self.obsidian,
            "made_from": self.made_from,
            "report": self.report.as_data(),
            "files": dict(sorted(self.files.items())),
        }
        if self.before:
            data["before"] = dict(sorted(self.before.items()))
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def decode(data: bytes) -> Manifest:
    """Raise ManifestError."""
    try:
        found = json.loads(data)
        if found["format"] == _FORMAT:
            return Manifest(
                str(found["made_from"]),
                _hashes(found["files"]),
                Report.from_data(found["report"]),
                found["complete"] is True,
                found["obsidian"] is True,
                _hashes(found.get("before", {})),
            )
    except (KeyError, TypeError, AttributeError, RecursionError, ValueError) as error:
        raise ManifestError(str(error) if isinstance(error, ManifestError) else "it cannot be read") from None
    raise ManifestError("another version of ytvault made it")


def _hashes(found: Mapping[str, str]) -> dict[str, str]:
    for path, digest in found.items():
        if not is_inside(path) or not _HASH.fullmatch(digest):
            raise ManifestError("it names what no build makes")
    return dict(found)


def is_inside(path: str) -> bool:
    """Return whether a path is one that a build could write: from the copy's root, through no dot-folder."""
    return "\\" not in path and "\0" not in path and all(p and p[0] != "." and p != ".." for p in path.split("/"))


def fingerprint(files: Mapping[str, str], config: Config, options: Options, beside: Iterable[str] = ()) -> str:
    """Return what a copy is made from, as one hash: the source's files with theirs, the hashes of what lies `beside` it, the
    settings, the program."""
    parts = [_program(), settings_text(config, options), *beside]
    parts += [f"{path}\0{digest}" for path, digest in sorted(files.items())]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def settings_text(config: Config, options: Options) -> str:
    """Return the options of a build and the settings that it obeys, as text."""
    settings = {f.name: getattr(config, f.name) for f in fields(config) if f.name not in _WITHOUT_EFFECT}
    return json.dumps([options, settings], sort_keys=True, default=_plain)


_WITHOUT_EFFECT = frozenset(("origins", "remarks", "output_format", "fail_on", "hidden", "captions", "durations"))
"""Settings of which what they lead to counts, or nothing at all."""


def _plain(value: object) -> object:
    """Options and the like as JSON has them. Where a file of settings lies makes no difference, so no path counts."""
    if is_dataclass(value):
        return {f.name: getattr(value, f.name) for f in fields(value) if f.name != "file"}
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    raise TypeError(f"{type(value)} is no setting")


_LIBRARIES = ("mistune", "python-frontmatter", "PyYAML", "rapidfuzz", "pathspec", "ahocorasick-rs")


@cache
def _program() -> str:
    """Return the program: its version, its own text, and the versions of what it reads notes with."""
    from importlib import metadata

    folder = Path(processor.__file__).parent
    text = hashlib.sha256()
    for file in sorted(folder.rglob("*.py"), key=lambda f: f.relative_to(folder).as_posix()):
        text.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    versions = []
    for name in _LIBRARIES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            versions.append(f"no {name}")
    return "\n".join([processor.__version__, text.hexdigest(), *versions])
