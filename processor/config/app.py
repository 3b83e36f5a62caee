"""What Obsidian's own settings say that bears on us, those of its plugins included."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from processor.config.schema import dotted
from processor.rules.expected import Type
from processor.vault.style import LinkStyle


class AppSettings(NamedTuple):
    """What Obsidian's own settings say that bears on us."""

    link_style: LinkStyle = LinkStyle()
    hidden: tuple[str, ...] = ()  # "Excluded files"
    types: Mapping[str, Type] = {}  # of properties
    templates: tuple[str, ...] = ()  # folders, each with a `/` behind it, and notes
    remarks: tuple[str, ...] = ()
    origins: Mapping[str, str] = {}


def _read_obsidian(root: Path, name: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what a file of Obsidian's holds, and what is to be said of it."""
    try:
        data = (root / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}, ()
    except OSError as error:
        reason = error.strerror or error
        return {}, (f"{name} cannot be read ({reason}): Obsidian's defaults are taken",)
    import json

    try:
        found = json.loads(data.decode("utf-8-sig"))
        if not isinstance(found, dict):
            raise ValueError  # noqa: TRY301, TRY004  as wrong as no JSON at all
    except (ValueError, RecursionError):
        return {}, (f"{name} holds no valid settings: Obsidian's defaults are taken",)
    return found, ()


APP, TYPES = ".obsidian/app.json", ".obsidian/types.json"
_OBSIDIAN_TYPES: Mapping[object, Type] = {  # `tags`, `aliases` and `cssclasses` are lists of texts anyway
    "text": "text",
    "multitext": "list",
    "number": "number",
    "checkbox": "checkbox",
    "date": "date",
    "datetime": "datetime",
}


def read_app(root: Path) -> AppSettings:
    """Obsidian's settings. The files are not ours: what is wrong in them stops nothing, and a remark says so."""
    app, remarks = _read_obsidian(root, APP)
    types, more = _read_obsidian(root, TYPES)
    types = types["types"] if isinstance(types.get("types"), dict) else {}
    known = {
        name: _OBSIDIAN_TYPES[kind] for name, kind in types.items() if isinstance(kind, str) and kind in _OBSIDIAN_TYPES
    }
    templates, origin = _templates(root)
    default = LinkStyle()
    link_format, folder, hidden = (app.get(k) for k in ("newLinkFormat", "attachmentFolderPath", "userIgnoreFilters"))
    return AppSettings(
        LinkStyle(
            link_format if link_format in ("shortest", "relative", "absolute") else default.new_link_format,
            app.get("useMarkdownLinks") is True,
            folder if isinstance(folder, str) else default.attachment_folder,
        ),
        tuple(x for x in hidden if isinstance(x, str)) if isinstance(hidden, list) else (),
        known,
        templates,
        (*remarks, *more),
        {k: APP for k in APP_KEYS if k in app}
        | {dotted(("types", k)): TYPES for k in known}
        | ({"templates": origin} if origin else {}),
    )


APP_KEYS = ("newLinkFormat", "useMarkdownLinks", "attachmentFolderPath", "userIgnoreFilters")

# where templates lie: a file of settings, the key in it, and whether that names a folder
_TEMPLATES = (
    (".obsidian/templates.json", "folder", True),
    (".obsidian/plugins/templater-obsidian/data.json", "templates_folder", True),
    (".obsidian/plugins/templater-obsidian/data.json", "template_folder", True),  # in its older versions
    (".obsidian/plugins/quickadd/data.json", "templateFolderPath", True),
    (".obsidian/daily-notes.json", "template", False),
)


def is_app_setting(file: Path) -> bool:
    """Return whether a file of Obsidian's may hold settings that bear on us; most of its files, such as which panes are open, do
    not."""
    place = file.as_posix()
    return file.name == ".obsidian" or any(place.endswith("/" + name) for name in _FILES)


_FILES = {APP, TYPES, *(name for name, _, _ in _TEMPLATES)}


def _templates(root: Path) -> tuple[tuple[str, ...], str]:
    """Return the folders and notes that Obsidian and its plugins take templates from, and which files of settings name them."""
    found: dict[str, None] = {}
    files: dict[str, None] = {}
    read = {file: _read_obsidian(root, file)[0] for file, _, _ in _TEMPLATES}
    for file, key, is_folder in _TEMPLATES:
        name = read[file].get(key)
        place = name.strip().strip("/") if isinstance(name, str) else ""
        if place and place != ".":  # which would be the whole vault
            found[place + "/" if is_folder else place.removesuffix(".md") + ".md"] = None
            files[file] = None
    return tuple(found), ", ".join(files)


def templates_folder(root: Path) -> str:
    """Return the folder that Obsidian takes templates from, empty where none is set."""
    return next((place.rstrip("/") for place in _templates(root)[0] if place.endswith("/")), "")
