"""A commented `ytvault.toml` that fits a vault, from what was seen of it; and the entry for pre-commit."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from processor.base.text import count
from processor.commands.survey import PropertyUse, Survey
from processor.config import Config
from processor.config.schema import dotted, toml
from processor.config.settings import StampStyle
from processor.parse.frontmatter import read_properties
from processor.parse.youtube import UrlStyle
from processor.rules.base import all_rules
from processor.rules.expected import Type
from processor.vault.vault import Kind

KIND_NAMES: Mapping[Kind, str] = {"transcript": "transcript", "hub": "hub", "note": "other note"}
_FITTING = 0.95  # of a property's values, so that its type is written down
_FEWEST = 3  # notes with a property, so that anything is said of it
_REPEATED = 5  # how often each of a few values stands, so that they are taken for a choice
_OBSIDIANS = ("tags", "aliases", "cssclasses")  # of which Obsidian itself says what they are


def proposal(survey: Survey, config: Config, *, templates: str = "", captions: Iterable[str] = ()) -> str:
    """Return the text of the file. `templates` is the folder of Obsidian's templates, if it has notes, `captions` are folders of
    them.
    """
    parts = [
        _head(survey),
        _video(survey, config),
        _notes_left_out(templates),
        _baseline(),
        _off_by_default(),
        _captions([*captions]),
        _timestamps(survey),
        _build(),
        *_properties(survey, config),
    ]
    return "\n".join(parts)


def _comment(text: str) -> str:
    return textwrap.fill(text, 110, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False) + "\n"


def _head(survey: Survey) -> str:
    kinds = ", ".join(count(n, KIND_NAMES[kind]) for kind, n in survey.kinds.items())
    return (
        _comment(
            "What ytvault is to ask of this vault. `ytvault config` tells every setting that there is, and its value."
        )
        + "#\n"
        + _comment(f"Written for {count(survey.notes, 'note')}" + (f": {kinds}." if kinds else "."))
    )


def _video(survey: Survey, config: Config) -> str:
    if not survey.video:
        return (
            _comment(
                "The property that names a note's video, by its id or URL: the first of these that a note has. None has one yet."
            )
            + f"# video-property = {toml(config.video_property)}\n"
        )
    seen = ", ".join(f"`{name}` in {count(n, 'note')}" for name, n in survey.video.items())
    text = f"The property that names a note's video, by its id or URL, the first of these that a note has: {seen}."
    if survey.rare_video:
        text += f" So rare that it is taken for a slip: {', '.join(f'`{name}` ({n:,})' for name, n in survey.rare_video.items())}."
    return _comment(text) + f"video-property = {toml(list(survey.video))}\n"


def _notes_left_out(templates: str) -> str:
    text = _comment(
        "Notes that are read, so that links to them resolve, and never reported: patterns as in .gitignore."
    )
    if templates:
        return text + f"exclude = {toml([f'/{_escaped(templates)}/'])}\n"
    return text + '# exclude = ["/templates/"]\n'


def _baseline() -> str:
    text = (
        "A file of findings that are known and not reported again, so that only new ones are: "
        "`ytvault lint --write-baseline ytvault-baseline.json` writes it."
    )
    return _comment(text) + '# baseline = "ytvault-baseline.json"\n'


def _escaped(path: str) -> str:
    return re.sub(r"([\\*?\[\]!#])", r"\\\1", path)


def _off_by_default() -> str:
    off = [rule for rule in all_rules().values() if not rule.default]
    return (
        _comment("Rules that are off until they are named here; `ytvault rule NAME` explains one:")
        + "".join(f"#   {rule.id}: {rule.summary[:1].lower()}{rule.summary[1:]}\n" for rule in off)
        + f"# extend-select = {toml([rule.id for rule in off[:1]])}\n"
    )


def _captions(folders: Sequence[str]) -> str:
    text = (
        "Folders of captions and transcripts, in the vault or out of it, against which stamps are held: `ytvault captions` tells "
        "which videos have some, and `ytvault captions --missing` how to come by the others."
    )
    return _comment(text) + (f"captions = {toml(folders)}\n" if folders else '# captions = ["captions"]\n')


def _timestamps(survey: Survey) -> str:
    stamps = survey.stamps
    style, url = styles(survey)
    names = {
        "link": ("link",),
        "anchor": ("anchor",),
        "html": ("anchor with href", "anchors with href"),
        "media": ("Media Extended link",),
    }
    seen = ", ".join(count(n, *names[form]) for form, n in stamps.items() if form in names)
    return (
        "[timestamps]\n"
        + _comment(f"How stamps are linked: markdown, html or media. Seen: {seen or 'none yet'}.")
        + f"style = {toml(style)}\n"
        + _comment(
            "watch: https://www.youtube.com/watch?v=ID&t=370s; short: https://youtu.be/ID?t=370s; or a template, such as "
            "https://youtu.be/{id}?t={seconds}"
        )
        + f"url = {toml(url)}\n"
    )


def _build() -> str:
    rows = {
        "related = true": "at each note's foot those of its video, and those that link to it",
        'video-link = "link"': "from each note to its video; embed plays it there",
        "aliases = true": "titles as aliases, by which Obsidian's switcher finds notes",
        'missing = "stub"': "a note for each that is asked for and not written",
        "missing-at-least = 2": "of those for which so many notes ask",
        'index = "Index"': "what the start note is called; false: none",
    }
    width = max(map(len, rows))
    return (
        "[build]\n"
        + _comment("What `ytvault build` makes besides the fixes. Its options win over these.")
        + "".join(f"# {setting:<{width}}  # {does}\n" for setting, does in rows.items())
    )


def styles(survey: Survey) -> tuple[StampStyle, UrlStyle]:
    """Return how most of the linked stamps are written."""
    stamps = survey.stamps
    ways: dict[StampStyle, int] = {
        "markdown": stamps.get("link", 0),
        "html": stamps.get("html", 0),
        "media": stamps.get("media", 0),
    }
    linked = sum(ways.values())
    return max(ways, key=lambda way: ways[way]), "short" if 2 * stamps.get("short", 0) > linked else "watch"


# Properties


def type_to_ask(use: PropertyUse) -> Type | None:
    """Return the type that all but a few of a property's values have; None for texts, of which there is nothing to ask."""
    kind = max(use.types, key=lambda kind: use.types[kind])
    return kind if kind != "text" and use.notes >= _FEWEST and use.types[kind] >= _FITTING * use.notes else None


def _properties(survey: Survey, config: Config) -> Iterator[str]:
    yield _comment(
        "What a property must be: its type, the values there may be, a pattern, and which notes must have it (kinds of "
        "note: transcript, hub, note; or patterns as in .gitignore)."
    )
    has_any = False
    known = {name.casefold() for name in (*survey.video, *survey.rare_video, *_OBSIDIANS)}
    for use in survey.properties:
        if (
            use.name.casefold() not in known
            and use.notes >= _FEWEST
            and (lines := list(_property(use, survey, config)))
        ):
            has_any = True
            head = f"[{dotted(('properties', use.name))}]  # in {count(use.notes, 'note')}"
            yield "\n".join([head, *lines, ""])
    if not has_any:
        yield '# [properties.published]\n# type = "date"\n# required = ["transcript"]\n'


def _property(use: PropertyUse, survey: Survey, config: Config) -> Iterator[str]:
    kind = type_to_ask(use)
    if use.name.casefold() in config.expected.obsidian_by_key:
        yield f"# type = {toml(config.expected.obsidian_by_key[use.name.casefold()])}  # as .obsidian/types.json says, which counts anyway"
    elif kind:
        others = use.notes - use.types[kind]
        yield f"type = {toml(kind)}" + (f"  # {count(others, 'note')} would be reported" if others else "")
    if len(use.values) > 1 and sum(use.values.values()) >= _REPEATED * len(use.values):
        yield f"# values = {toml(sorted(use.values))}"
    required = [k for k, n in survey.kinds.items() if n >= _FEWEST and use.kinds.get(k) == n]
    if required and use.name.casefold() != "title":  # which is required of transcripts anyway
        yield f"# required = {toml(required)}  # all of them have it"


# pre-commit

_HOOK = """\
- repo: local
  hooks:
    - id: ytvault-lint
      name: ytvault lint
      entry: ytvault lint --staged
      language: system  # the ytvault that is installed
      pass_filenames: false  # it asks git what is staged, renamed and deleted
      always_run: true
      require_serial: true
"""
_REPOS = re.compile(r"repos:[ \t]*(?:#[^\n]*)?")
_ENTRY = re.compile(r"( *)- +\S")


def hook_entry(indent: str = "  ") -> str:
    """Return the entry of `.pre-commit-config.yaml`."""
    return textwrap.indent(_HOOK, indent)


def new_hooks() -> str:
    """Return the whole of a new `.pre-commit-config.yaml`."""
    return "repos:\n" + hook_entry()


def with_hook(text: str) -> str | None:
    """Return the text of a `.pre-commit-config.yaml` with our entry at its end; None where that cannot be done for certain.

    It can where the list of `repos` is the last thing in the file, in block style, and where reading the result gives
    what was there and our entry.
    """
    if "\r" in text or re.search(r"^(?:---|\.\.\.)", text, re.M):
        return None
    lines = text.rstrip().split("\n")
    start = next((i for i, line in enumerate(lines) if _REPOS.fullmatch(line.rstrip())), None)
    if start is None:
        return None
    first = next((m for line in lines[start + 1 :] if (m := _ENTRY.match(line))), None)
    if first is None:
        return None
    added = text.rstrip() + "\n" + hook_entry(first[1])
    before, after = _repos(text), _repos(added)
    return added if before is not None and after is not None and _is_added(before, after) else None


def has_hook(text: str) -> bool:
    """Return whether the file speaks of us already."""
    return re.search(r"^[^#\n]*\bytvault\b", text, re.M) is not None


def _repos(text: str) -> tuple[dict[str, object], Sequence[object]] | None:
    """Return the file as YAML: all but `repos`, and `repos`."""
    properties = read_properties(f"---\n{text.rstrip()}\n---\n")
    found = {entry.key: entry.value for entry in properties.entries}
    repos = found.pop("repos", None)
    return (found, repos) if isinstance(repos, list) and not properties.duplicates else None


def _is_added(
    before: tuple[dict[str, object], Sequence[object]], after: tuple[dict[str, object], Sequence[object]]
) -> bool:
    ours = _repos(new_hooks())
    assert ours is not None
    return after[0] == before[0] and after[1] == [*before[1], *ours[1]]
