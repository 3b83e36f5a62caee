"""How a library is added to this program, in the way in which the program itself was installed."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit
from urllib.request import url2pathname

from processor.base.extras import EXTRAS, MissingExtraError
from processor.cli.hints import is_hooks, shell

_NAME = "ytvault"


@dataclass(frozen=True)
class Installation:
    """Where the program lies, and what tells how it came there."""

    prefix: Path  # of its environment
    executable: str  # the Python that runs it
    is_system: bool = False  # the environment is the system's, or its user's, and not one of its own
    is_managed: bool = False  # the system asks pip to leave it alone (PEP 668)
    has_pip: bool = True
    direct_url: Mapping[str, Any] | None = None  # whence it was installed, if not from an index (PEP 610)


def installation() -> Installation:
    """Return how this program is installed."""
    import sysconfig

    try:
        recorded = distribution(_NAME).read_text("direct_url.json")
    except PackageNotFoundError:  # it runs from its source
        recorded = None
    return Installation(
        Path(sys.prefix),
        sys.executable,
        is_system=sys.prefix == sys.base_prefix,
        is_managed=os.path.exists(os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED")),
        has_pip=find_spec("pip") is not None,
        direct_url=json.loads(recorded) if recorded else None,
    )


def advice(error: MissingExtraError, found: Installation | None = None) -> str:
    """Return the error's message, with what gets the library."""
    found = found or installation()
    library = EXTRAS[error.extra]
    if is_hooks(found.prefix):
        how = "Name it in .pre-commit-config.yaml, below the hook's `id`:"
        return f'{error}. {how}\n\n  additional_dependencies: ["{library.requirement}"]\n'
    return f"{error}. This adds it:\n\n  {shell(list(_command(found, error.extra, library.requirement)))}\n"


def _command(found: Installation, extra: str, requirement: str) -> Iterator[str]:
    if (found.prefix / "pipx_metadata.json").exists():
        yield from ("pipx", "inject", found.prefix.name, requirement)
        return
    if (receipt := found.prefix / "uv-receipt.toml").exists():
        yield from ("uv", "tool", "install", *_as_received(receipt), "--with", requirement)
        return
    if found.has_pip:
        yield from (found.executable, "-m", "pip", "install")
        if found.is_system and found.is_managed:
            yield "--break-system-packages"  # without it nothing was installed there, this program neither
    else:
        yield from ("uv", "pip", "install", "--python", found.executable)
    folder = _editable(found)
    yield from ("-e", f"{folder}[{extra}]") if folder else (requirement,)


def _editable(found: Installation) -> str:
    """Return the clone that the program runs from, if it was installed with `-e`."""
    url = found.direct_url or {}
    if not url.get("dir_info", {}).get("editable"):
        return ""
    folder = url2pathname(urlsplit(url["url"]).path)
    return folder if os.path.isfile(os.path.join(folder, "pyproject.toml")) else ""


# uv installs a tool with just what is named, and forgets what was named before


def _as_received(receipt: Path) -> Iterator[str]:
    """Yield the words with which uv installed this tool."""
    try:
        named: Sequence[Mapping[str, Any]] = tomllib.loads(receipt.read_text(encoding="utf-8"))["tool"]["requirements"]
    except (OSError, ValueError, KeyError):
        named = ()
    own = next((one for one in named if one.get("name") == _NAME), {"name": _NAME})
    if "editable" in own:
        yield from ("--editable", _with_extras(str(own["editable"]), own))
    else:
        yield _requirement(own)
    for one in named:
        if one is not own:
            yield from ("--with-editable", str(one["editable"])) if "editable" in one else ("--with", _requirement(one))


def _with_extras(name: str, one: Mapping[str, Any]) -> str:
    return f"{name}[{','.join(one['extras'])}]" if one.get("extras") else name


def _requirement(one: Mapping[str, Any]) -> str:
    """Return a requirement of uv's receipt as it is written on a command line."""
    name = _with_extras(str(one["name"]), one)
    for key in ("directory", "path"):
        if key in one:
            return f"{name} @ {Path(one[key]).as_uri()}"
    if "url" in one:
        return f"{name} @ {one['url']}"
    if "git" in one:
        scheme, host, path, query, _ = urlsplit(str(one["git"]))
        parameters = parse_qs(query)
        path += "".join("@" + x for key in ("rev", "tag", "branch") for x in parameters.get(key, ()))
        inside = "".join(f"subdirectory={x}" for x in parameters.get("subdirectory", ()))
        return f"{name} @ git+{urlunsplit((scheme, host, path, '', inside))}"
    return name + str(one.get("specifier", ""))
