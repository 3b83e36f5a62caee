"""Configuration: what a file says comes out typed, and what is wrong in it is said with file, line and the right name."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal

import pytest

import processor.config
import processor.config.settings
from processor.config import Config, ConfigError, config_reference, load_config
from processor.config.schema import fields_of
from processor.config.settings import Settings
from processor.rules.base import NoOptions, Rule
from processor.rules.expected import Expected, JsonSchema, PropertySpec
from processor.vault.style import LinkStyle


@dataclass(frozen=True)
class Options:
    min_length: int = 4
    """The shortest name, in letters,
    that is compared."""
    near: float = 0.5  # how near a name must be
    # Which way to go
    # when in doubt.
    way: Literal["left", "right"] = "left"
    required: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"transcript": ("title",)})
    renamed: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False
    pattern: str | None = None
    undocumented: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.min_length < 1:
            raise ValueError("a name has at least one letter")


def a_rule(name: str, family: str, *, default: bool = True, options: type = NoOptions) -> Rule:
    return Rule(name, family, "warning", "note", "none", default, options, lambda _note, _context: (), "A rule.")


RULES = {
    r.id: r
    for r in (
        a_rule("invalid-yaml", "properties"),
        a_rule("broken-link", "links", options=Options),
        a_rule("missing-note", "links"),
        a_rule("orphan-note", "links", default=False),
        a_rule("unlinked-timestamp", "timestamps"),
    )
}


@pytest.fixture(autouse=True)
def known_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (processor.config, processor.config.settings):
        monkeypatch.setattr(module, "all_rules", lambda: RULES)


@pytest.fixture
def load(tmp_path: Path):
    def load(text: str, name: str = "ytvault.toml") -> Config:
        (tmp_path / name).write_text(textwrap.dedent(text), encoding="utf-8")
        return load_config(tmp_path)

    return load


def ids(config: Config) -> list[str]:
    return [r.id for r in config.rules()]


# What a file says


def test_everything_that_can_be_set(load, tmp_path: Path) -> None:
    config = load(
        """\
        select = ["links", "invalid-yaml"]
        extend-select = ["orphan-note"]
        ignore = ["missing-note"]
        exclude = ["templates/"]
        video-property = ["video"]
        fail-on = "error"
        baseline = "known.json"
        output-format = "concise"

        [per-file-ignores]
        "inbox/**" = ["links"]

        [severity]
        broken-link = "information"

        [timestamps]
        style = "html"
        url = "short"
        forms = ["bare", "0:05 text"]
        ignore-forms = ["wikilink"]

        [properties.Published]
        type = "date"
        required = ["transcript", "talks/"]
        values = ["a", 1, true, 0.5]
        pattern = "x+"

        [rules.broken-link]
        min-length = 2
        near = 1
        way = "right"
        required = { hub = ["tags"], note = [] }
        renamed = { videoID = "videoId" }
        strict = true
        pattern = "x"
        undocumented = [1, 2]
        """
    )
    options = Options(2, 1.0, "right", {"hub": ("tags",), "note": ()}, {"videoID": "videoId"}, True, "x", (1, 2))
    where = str(tmp_path / "ytvault.toml")
    assert config.origins["rules.broken-link.way"] == f"{where}:31"
    assert config.origins["select"] == f"{where}:1"
    assert config.origins['per-file-ignores."inbox/**"'] == f"{where}:11"
    assert config == Config(
        select=("links", "invalid-yaml"),
        extend_select=("orphan-note",),
        ignore=("missing-note",),
        exclude=("templates/",),
        per_file_ignores={"inbox/**": ("links",)},
        severity={"broken-link": "information"},
        video_property=("video",),
        stamp_style="html",
        url_style="short",
        forms=("bare", "0:05 text"),
        ignore_forms=("wikilink",),
        file=where,
        baseline=str(tmp_path / "known.json"),
        expected=Expected(
            {"Published": PropertySpec("date", "x+", ("a", 1, True, 0.5), ("transcript", "talks/"))}, {}, None
        ),
        options={"broken-link": options},
        fail_on="error",
        output_format="concise",
        origins=config.origins,
    )
    assert [type(v) for v in config.expected.properties["Published"].values] == [str, int, bool, float]
    assert isinstance(config.options["broken-link"].near, float)
    assert config.options_of(RULES["broken-link"]) is config.options["broken-link"]
    assert config.options_of(RULES["missing-note"]) == NoOptions()


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    assert load_config(tmp_path) == Config()


def test_a_folder_that_is_known_for_no_vault_has_anchors(tmp_path: Path) -> None:
    assert load_config(tmp_path) == Config(link_style=LinkStyle(github_anchors=True))


def test_a_byte_order_mark_is_no_fault(load) -> None:
    assert load('\ufeffignore = ["links"]').ignore == ("links",)


def test_an_empty_file_means_the_defaults(load) -> None:
    config = load("")
    assert config == Config(file=config.file)


def test_the_defaults_of_the_file_are_those_of_the_configuration() -> None:
    mine, file = Config(), Settings()
    for name in {f.name for f in fields(Config)} & {f.name for f in fields(Settings)}:
        assert getattr(mine, name) == getattr(file, name)
    theirs = file.timestamps
    assert (mine.stamp_style, mine.url_style) == (theirs.style, theirs.url)
    assert (mine.forms, mine.ignore_forms) == (theirs.forms, theirs.ignore_forms)


# Which file


def test_the_nearest_pyproject_that_speaks_of_us(tmp_path: Path) -> None:
    vault = tmp_path / "project" / "notes"
    vault.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(
        '[tool.ytvault]\nignore = ["links"]\nvault = "project/notes"\n\n[tool.ruff]\nlint.x = 1\n'
    )
    (tmp_path / "project" / "pyproject.toml").write_text("[tool.ruff]\nselect = broken")  # not ours: not even read
    config = load_config(vault)
    assert config.ignore == ("links",)
    assert config.origins == {"ignore": f"{tmp_path / 'pyproject.toml'}:2", "vault": f"{tmp_path / 'pyproject.toml'}:3"}
    (vault / "ytvault.toml").write_text("")
    assert load_config(vault).ignore == ()


def test_a_pyproject_that_merely_names_us_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["ytvault"]\n')
    assert load_config(tmp_path) == Config(link_style=LinkStyle(github_anchors=True))


def test_a_file_that_was_named(tmp_path: Path) -> None:
    (tmp_path / "ytvault.toml").write_text('ignore = ["links"]')
    (tmp_path / "other.toml").write_text('ignore = ["properties"]')
    (tmp_path / "pyproject.toml").write_text('[tool.ytvault]\nignore = ["timestamps"]')
    assert load_config(tmp_path, tmp_path / "other.toml").ignore == ("properties",)
    assert load_config(tmp_path, tmp_path / "pyproject.toml").ignore == ("timestamps",)
    with pytest.raises(ConfigError, match=r"no\.toml: there is no such file"):
        load_config(tmp_path, tmp_path / "no.toml")


# What is wrong


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('\nselct = ["links"]', 2, 'unknown key "selct"; did you mean "select"?'),
        ('extend_select = ["links"]', 1, 'unknown key "extend_select"; did you mean "extend-select"?'),
        ("[timestamps]\nstile = 1", 2, 'unknown key "stile" in [timestamps]; did you mean "style"?'),
        ("[timestamps]\nx = 1", 2, 'unknown key "x" in [timestamps]; there are "style", "url", "forms" and "ignore-forms"'),
        ('[timestamps]\nforms = [\n"bear"]', 3, 'each item of "timestamps.forms" must be '),
        ('[timestamps]\n\nurl = "shrt"', 3, '"timestamps.url" must be "watch" or "short", or a URL of YouTube\'s that starts a video, with {id} and {seconds} in it, not "shrt"; did you mean "short"?'),
        ('[timestamps]\nurl = "https://youtu.be/{id}"', 2, '"timestamps.url" must be "watch" or "short", or a URL of YouTube\'s that starts a video, with {id} and {seconds} in it, not "https://youtu.be/{id}"'),
        ("[timestamps]\nurl = 1", 2, '"timestamps.url" must be a string, not a whole number'),
        ('ignore = "links"', 1, '"ignore" must be a list of strings, not a string; write ["links"]'),
        ('ignore = [\n  "links",\n  3]', 3, 'each item of "ignore" must be a string, not a whole number'),
        ('fail-on = "eror"', 1, '"fail-on" must be "error", "warning" or "information", not "eror"; did you mean "error"?'),
        ("fail-on = true", 1, '"fail-on" must be "error", "warning" or "information", not true'),
        ("timestamps = 3", 1, '"timestamps" must be a table, not a whole number'),
        ("per-file-ignores = []", 1, '"per-file-ignores" must be a table of lists of strings, not a list'),
        ('select = [\n  "links",\n  "broken-lnk",\n]', 3, 'select: no rule or family is called "broken-lnk"; did you mean "broken-link"?'),
        ('select = ["all"]', 1, 'select: no rule or family is called "all"; did you mean "ALL"?'),
        ('ignore = ["zzz"]', 1, 'ignore: no rule or family is called "zzz"; `ytvault rule` lists them'),
        ('[per-file-ignores]\n"a.md" = [\n"linsk"]', 3, 'per-file-ignores."a.md": no rule or family is called "linsk"; did you mean "links"?'),
        ('exclude = ["a",\n"[z-a]"]', 2, '"[z-a]" is no valid pattern for paths'),
        ('[per-file-ignores]\n"[z-a]" = []', 2, '"[z-a]" is no valid pattern for paths'),
        ('[severity]\nbroken-links = "error"', 2, 'no rule or family is called "broken-links"; did you mean "broken-link"?'),
        ('[severity]\nbroken-link = "off"', 2, '"severity.broken-link" must be "error", "warning" or "information", not "off"'),
        ('[severity]\nALL = "error"', 2, 'no rule or family is called "ALL"; `ytvault rule` lists them'),
        ("[properties.a]\ntype = 'dat'", 2, '"properties.a.type" must be "text", "list", "number", "checkbox", "date" or "datetime", not "dat"; did you mean "date"?'),
        ("[properties.a]\nvalues = [[1]]", 2, 'each item of "properties.a.values" must be a string, a whole number, a number or true or false, not a list'),
        ("[properties.a]\nrequired = true", 2, '"properties.a.required" must be a list of strings, not true'),
        ("[properties.a]\nrequired = ['[z-a]']", 1, 'properties.a: "[z-a]" is no valid pattern for paths'),
        ("[properties.a]\npattern = '('", 1, 'properties.a: "(" is no regular expression: missing )'),
        ("[properties]\na = 'date'", 2, '"properties.a" must be a table, not a string'),
        ("\nschema = 'none.json'", 2, "schema: there is no file "),
        ("[rules.broken_link]", 1, 'no rule is called "broken_link"; did you mean "broken-link"?'),
        ("[rules.links]", 1, 'no rule is called "links"'),
        ("rules.broken-link = 3", 1, '"rules.broken-link" must be a table, not a whole number'),
        ("[rules]\nbroken-link.min-lenght = 3", 2, 'unknown key "min-lenght" in [rules.broken-link]; did you mean "min-length"?'),
        ("[rules.missing-note]\nx = 1", 2, 'unknown key "x" in [rules.missing-note]; it has no options'),
        ("[rules.broken-link]\nmin-length = true", 2, '"rules.broken-link.min-length" must be a whole number, not true'),
        ("[rules.broken-link]\nmin-length = 1.5", 2, '"rules.broken-link.min-length" must be a whole number, not a number'),
        ('[rules.broken-link]\nnear = "x"', 2, '"rules.broken-link.near" must be a number, not a string'),
        ("[rules.broken-link]\nnear = true", 2, '"rules.broken-link.near" must be a number, not true'),
        ("[rules.broken-link]\nstrict = 1", 2, '"rules.broken-link.strict" must be true or false, not a whole number'),
        ("[rules.broken-link]\nstrict = 1979-05-27", 2, '"rules.broken-link.strict" must be true or false, not a date'),
        ("[rules.broken-link.required]\nhub = [1]", 2, 'each item of "rules.broken-link.required.hub" must be a string, not a whole number'),
        ("\n[rules.broken-link]\nmin-length = 0", 2, "rules.broken-link: a name has at least one letter"),
        ('vault = "notes"', 1, '"vault" counts only in a pyproject.toml; the folder of ytvault.toml is the vault'),
        ("a = \n", 1, "invalid value"),
        ("a = 1\n\na = 2", 3, "cannot overwrite a value"),
    ],
)  # fmt: skip
def test_an_error_names_the_line_and_the_right_name(load, tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(text)
    assert str(caught.value).startswith(f"{tmp_path / 'ytvault.toml'}:{line}: {message}")


def test_lines_in_a_pyproject_count_from_its_top(load) -> None:
    with pytest.raises(
        ConfigError,
        match=r'pyproject\.toml:5: unknown key "selct" in \[tool\.ytvault\]; did you mean "select"',
    ):
        load('[project]\nselct = 1\n\n[tool.ytvault]\nselct = ["links"]\n', "pyproject.toml")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "ytvault.toml").mkdir()
    with pytest.raises(ConfigError, match=r"ytvault\.toml: cannot be read: "):
        load_config(tmp_path)


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "ytvault.toml").write_bytes(b'# a\nignore = ["\xff"]')
    with pytest.raises(ConfigError, match=r"ytvault\.toml:2: is not UTF-8"):
        load_config(tmp_path)


# Which rules


@pytest.mark.parametrize(
    ("settings", "chosen"),
    [
        ({}, "invalid-yaml broken-link missing-note unlinked-timestamp"),
        ({"select": ("ALL",)}, "invalid-yaml broken-link missing-note orphan-note unlinked-timestamp"),
        ({"select": ()}, ""),
        ({"select": ("links",)}, "broken-link missing-note"),
        ({"select": ("orphan-note",)}, "orphan-note"),
        ({"extend_select": ("orphan-note",)}, "invalid-yaml broken-link missing-note orphan-note unlinked-timestamp"),
        ({"extend_select": ("links",)}, "invalid-yaml broken-link missing-note unlinked-timestamp"),
        ({"ignore": ("links",)}, "invalid-yaml unlinked-timestamp"),
        ({"ignore": ("ALL",)}, ""),
        ({"select": ("broken-link",), "ignore": ("links",)}, "broken-link"),
        ({"select": ("ALL",), "ignore": ("links", "timestamps")}, "invalid-yaml"),
        ({"select": ("links", "broken-link"), "ignore": ("broken-link",)}, "missing-note"),
        ({"extend_select": ("broken-link",), "ignore": ("ALL",)}, "broken-link"),
        ({"select": ("links",), "ignore": ("ALL",)}, "broken-link missing-note"),
    ],
)
def test_select_and_ignore(settings: dict[str, tuple[str, ...]], chosen: str) -> None:
    assert ids(Config(**settings)) == chosen.split()


@pytest.mark.parametrize(
    ("file", "call", "chosen"),
    [
        ({"ignore": ("broken-link",)}, {"select": ["links"]}, "broken-link missing-note"),
        ({"ignore": ("broken-link",)}, {"extend_select": ["links"]}, "invalid-yaml broken-link missing-note unlinked-timestamp"),
        ({"ignore": ("broken-link",)}, {"ignore": ["properties"]}, "missing-note unlinked-timestamp"),
        ({"select": ("broken-link",)}, {"ignore": ["links"]}, ""),
        ({"select": ("broken-link",)}, {"extend_select": [" orphan-note , invalid-yaml,"]}, "invalid-yaml broken-link orphan-note"),
        ({}, {"select": ["ALL"], "ignore": ["links,properties", "timestamps"], "extend_select": ["orphan-note"]}, "orphan-note"),
        ({"select": ("broken-link",)}, {}, "broken-link"),
    ],
)  # fmt: skip
def test_the_command_line_wins(file: dict[str, tuple[str, ...]], call: dict[str, list[str]], chosen: str) -> None:
    assert ids(Config(**file).merge_cli(**call)) == chosen.split()


def test_the_command_line_says_where_a_name_is_wrong() -> None:
    with pytest.raises(
        ConfigError, match=r'^--ignore: no rule or family is called "broken-lin"; did you mean "broken-link"\?$'
    ):
        Config().merge_cli(ignore=["links,broken-lin"])


def test_the_command_line_is_an_origin(load) -> None:
    config = load('select = ["links"]\nignore = []').merge_cli(select=["ALL"])
    assert config.origins["select"] == "--select"
    assert config.origins["ignore"].endswith("ytvault.toml:2")


def test_rules_knows_wrong_names_however_they_came() -> None:
    with pytest.raises(ConfigError, match="no rule or family is called"):
        Config(ignore=("nothing-such",)).rules()


def test_severity_of() -> None:
    broken, missing, yaml = RULES["broken-link"], RULES["missing-note"], RULES["invalid-yaml"]
    config = Config(severity={"links": "error", "missing-note": "information"})
    assert config.severity_of(broken) == config.severity_of(broken, "information") == "error"
    assert config.severity_of(missing, "error") == "information"
    assert (config.severity_of(yaml), config.severity_of(yaml, "error")) == ("warning", "error")


def test_notes_left_out() -> None:
    config = Config(
        exclude=("templates/",), per_file_ignores={"inbox/*": ("links",), "*.md": ("invalid-yaml",), "x": ("ALL",)}
    )
    assert config.is_excluded("templates/a.md")
    assert not config.is_excluded("a.md")
    assert config.ignored_in("a.md") == {"invalid-yaml"}
    assert config.ignored_in("inbox/a.md") == {"invalid-yaml", "broken-link", "missing-note", "orphan-note"}
    assert config.ignored_in("inbox/x") == set(RULES)


# Obsidian's own settings


@pytest.fixture
def app(tmp_path: Path):
    (tmp_path / ".obsidian").mkdir()

    def app(data: str | bytes) -> Config:
        (tmp_path / ".obsidian" / "app.json").write_bytes(data if isinstance(data, bytes) else data.encode())
        return load_config(tmp_path)

    return app


def test_link_style(app) -> None:
    config = app(
        '\ufeff{"newLinkFormat": "relative", "useMarkdownLinks": true, "attachmentFolderPath": "files", "userIgnoreFilters": ["old/", "/x/"]}'
    )
    assert config.link_style == LinkStyle("relative", True, "files")
    assert config.hidden == ("old/", "/x/")
    assert config.origins["newLinkFormat"] == ".obsidian/app.json"
    assert config.remarks == ()


@pytest.mark.parametrize(
    "data",
    ["{}", '{"newLinkFormat": "new", "useMarkdownLinks": "yes", "attachmentFolderPath": 3, "userIgnoreFilters": "x"}'],
)
def test_what_obsidian_does_not_say_has_its_default(app, data: str) -> None:
    config = app(data)
    assert (config.link_style, config.hidden, config.remarks) == (LinkStyle(), (), ())


@pytest.mark.parametrize("data", ["", "{", "[]", b"\xff", "[" * 100_000])
def test_a_broken_app_json_stops_nothing(app, data: str | bytes) -> None:
    config = app(data)
    assert config.link_style == LinkStyle()
    assert config.remarks == (".obsidian/app.json holds no valid settings: Obsidian's defaults are taken",)


def test_an_app_json_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / ".obsidian" / "app.json").mkdir(parents=True)
    (remark,) = load_config(tmp_path).remarks
    assert remark.startswith(".obsidian/app.json cannot be read (")


def test_obsidian_and_the_file_go_together(app, tmp_path: Path) -> None:
    (tmp_path / "ytvault.toml").write_text('ignore = ["links"]')
    config = app('{"useMarkdownLinks": true}')
    assert config.link_style.markdown_links
    assert set(config.origins) == {"useMarkdownLinks", "ignore"}


@pytest.fixture
def types(tmp_path: Path):
    (tmp_path / ".obsidian").mkdir()

    def types(data: str) -> Config:
        (tmp_path / ".obsidian" / "types.json").write_text(data, encoding="utf-8")
        return load_config(tmp_path)

    return types


def test_the_types_of_properties_that_obsidian_knows(types, tmp_path: Path) -> None:
    data = '{"types": {"Published": "date", "tags": "tags", "people": "multitext", "x": "plugin:y", "z": 3}}'
    config = types(data)
    assert config.expected.obsidian == {"Published": "date", "people": "list"}
    assert config.origins["types.Published"] == ".obsidian/types.json"
    (tmp_path / "ytvault.toml").write_text('[properties.Published]\ntype = "text"')
    config = load_config(tmp_path)
    assert config.expected.obsidian == {"Published": "date", "people": "list"}
    assert config.origins["properties.Published.type"] == f"{tmp_path / 'ytvault.toml'}:2"


@pytest.mark.parametrize("data", ["{}", '{"types": 3}', '{"types": {"a": ["date"]}}'])
def test_types_that_obsidian_does_not_say(types, data: str) -> None:
    assert types(data) == Config()


def test_a_broken_types_json_stops_nothing(types) -> None:
    assert types("{").remarks == (".obsidian/types.json holds no valid settings: Obsidian's defaults are taken",)


# A JSON Schema


def test_a_json_schema_beside_the_file(load, tmp_path: Path) -> None:
    text = '{"required": ["title"]}'
    (tmp_path / "note.schema.json").write_text("\ufeff" + text, encoding="utf-8")
    config = load('schema = "note.schema.json"')
    assert config.expected.schema == JsonSchema(str(tmp_path / "note.schema.json"), text)


def test_a_json_schema_that_is_none(load, tmp_path: Path) -> None:
    (tmp_path / "note.schema.json").write_text("[]")
    with pytest.raises(ConfigError, match=r"note\.schema\.json: is no JSON Schema"):
        load('schema = "note.schema.json"')


# Documentation


def test_the_reference_names_every_setting() -> None:
    entries = {e.key: e for e in config_reference()}
    assert entries["timestamps.style"][1:3] == ('"markdown", "html" or "media"', '"markdown"')
    assert entries["fail-on"].default == '"warning"'
    assert entries["select"].default == "not set"
    assert "rules.broken-link.min-length" in entries
    assert not any(k.startswith("rules.missing-note") for k in entries)
    assert all(e.doc for e in entries.values() if not e.key.startswith("rules."))


def test_the_words_beside_a_field_are_its_documentation() -> None:
    assert [tuple(f) for f in fields_of(Options)] == [
        ("min-length", "a whole number", "4", "The shortest name, in letters, that is compared."),
        ("near", "a number", "0.5", "how near a name must be"),
        ("way", '"left" or "right"', '"left"', "Which way to go when in doubt."),
        ("required", "a table of lists of strings", '{ transcript = ["title"] }', ""),
        ("renamed", "a table of strings", "{}", ""),
        ("strict", "true or false", "false", ""),
        ("pattern", "a string", "not set", ""),
        ("undocumented", "a list of whole numbers", "[]", ""),
    ]
