"""Stubs of notes that are asked for and do not exist: one for all spellings of a name, with the sentences that ask for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from processor.base.text import Edit, count, line_end
from processor.commands.build.inert import inert, plain
from processor.commands.build.missing import leads_nowhere
from processor.commands.build.region import STUB, marked
from processor.commands.build.stages import Stage
from processor.commands.build.titles import called, entry_to, readable
from processor.commands.build.turning import turn
from processor.commands.build.work import Work, is_free
from processor.lint.linter import Linter
from processor.parse.frontmatter import quote_scalar
from processor.parse.nodes import Link
from processor.rules.base import Finding
from processor.vault.links.writing import relink
from processor.vault.naming import linkable
from processor.vault.naming.files import is_file_name
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault
from processor.vault.wanted import Ask, Wanted, name_key

FOLDER = "Missing notes"
"""Where stubs lie whose links name no folder."""
_IN_SENTENCES = ("text", "heading")
"""Where a link stands in running text."""
_LONGEST = 240  # characters of a sentence

Made = Mapping[str, Wanted]
"""The stubs that were made, by their paths, most wanted first."""


def add_stubs(work: Work, missing: Sequence[Wanted], asks: Iterable[Ask]) -> Made:
    """Make a note of each missing one, with links to those that ask for it; return them by their paths, most wanted first."""
    places: dict[str, Wanted] = {}
    taken: set[str] = set()  # as Windows and macOS see names: of `fi` and `ﬁ` they can hold but one
    for one in missing:
        name = one.name
        file = name.rpartition("/")[2]
        path = (name if "/" in name else f"{FOLDER}/{name}") + ".md"
        is_taken = path.casefold() in taken or not is_free(work.vault, file)
        if is_taken or not is_file_name(name) or not linkable(name):
            work.remark(one.notes[0], f'no stub is made for "{name}": a file cannot be called so, or one is already')
            continue
        taken.add(path.casefold())
        places[path] = one
    titles = _titles(asks)
    heads = {path: f"---\ntitle: {quote_scalar(titles[name_key(one.name)])}\n---\n" for path, one in places.items()}
    work.add([parse_note(head, path) for path, head in heads.items()])
    vault = work.vault  # the links are written when all stubs have their place
    asking = _Asking(vault)
    changed = []
    for path, one in places.items():
        body = _body(path, one, titles[name_key(one.name)], asking, vault)
        changed.append(parse_note(f"{heads[path]}\n{marked(STUB, body)}\n", path))
    work.change(changed)
    work.made["stub entries"] += sum(len(one.notes) for one in places.values())
    return places


def _titles(asks: Iterable[Ask]) -> Mapping[str, str]:
    """Return how each missing note is called, by the key of its name: as most links spell it that have words in it."""
    spelled: dict[str, Counter[str]] = {}
    for _, target in asks:
        spelled.setdefault(name_key(target), Counter())[target.removesuffix(".md").rpartition("/")[2].strip()] += 1
    return {key: readable(min(names, key=lambda n: (" " not in n, -names[n], n))) for key, names in spelled.items()}


def _body(path: str, one: Wanted, title: str, asking: _Asking, vault: Vault) -> str:
    ask = f"{count(len(one.notes), 'note')} {'asks' if len(one.notes) == 1 else 'ask'} for it"
    lines = []
    for asker in sorted(one.notes, key=lambda p: (called(vault.notes[p]).casefold(), p)):
        entry = f"- {entry_to(vault.notes[asker], path, vault)}"
        said = asking.sentence(asker, name_key(one.name))
        lines.append(f"{entry}: “{inert(said, f'{entry}: “', '”')[0]}”" if said else entry)
    return f"Nothing is written yet on “{plain(title)}”. {ask}:\n\n" + "\n".join(lines)


class _Asking:
    """The sentences that ask for missing notes."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._links: dict[str, dict[str, Link]] = {}  # of each note the first for each name

    def sentence(self, path: str, key: str) -> str:
        """Return the first sentence of a note that links to a name, as words; empty where no link to it stands in one."""
        if path not in self._links:
            found = self._links[path] = {}
            for link in self._vault.notes[path].links:
                if link.path and link.place in _IN_SENTENCES:
                    found.setdefault(name_key(link.path), link)
        asking = self._links[path].get(key)
        return sentence_around(self._vault.notes[path], asking) if asking else ""


_SHORTENED = "Dr Mr Mrs Ms Prof St Jr Sr vs No Nr etc ca cf e.g i.e z.B d.h".split()
_END = re.compile(
    r"""(?<![A-Z])"""
    + "".join(rf"(?<!\b{re.escape(word)})" for word in _SHORTENED)
    + r"""[.!?]["”')\]*_]*[ \t]+(?=["“'(\[*_]*(?:<a|[A-Z0-9]|\[\[))"""
)
_LEAD = re.compile(r"[ \t>]*(?:#{1,6}[ \t]+|(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[.\][ \t]+)?)?")
_STAMPS = re.compile(r"<a\b[^>\n]*>[^<\n]*</a>|\[\[?[\d:.,\u2013 -]*\d:\d\d[\d:.,\u2013 -]*\]\]?(?:\([^)\n]*\))?")
_WIKI = re.compile(r"!?\[\[(?:[^\[\]|\n]*\\?\|)?([^\[\]\n]*)\]\]")
_MARKDOWN = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)")
_MARKS = re.compile(
    r"<[^<>\n]*>|<a\b[^<>\n]*\Z|\A[^<>\n]{0,80}[\"”]>|\*+|==|`+|~~|(?<!\w)_+|_+(?!\w)|%%.*?(?:%%|$)|\s\^[\w-]+$"
)
_BEFORE_END = re.compile(r"\s+(?=[.,;:!?)])")
_EMPTY = re.compile(r"\(\s*[,;]?\s*\)")


def sentence_around(note: Note, link: Link) -> str:
    """Return the sentence that a link stands in as words on one line; empty where it stands in no running text."""
    if link.place not in _IN_SENTENCES:
        return ""
    text = note.text
    first = note.lines.start(note.lines.line(link.span.start))
    line = text[first : line_end(text, link.span.start)]
    lead = _LEAD.match(line)
    start, end = lead.end() if lead else 0, len(line)
    here, behind = link.span.start - first, link.span.end - first
    for m in _END.finditer(line):
        if start < m.end() <= here:
            start = m.end()
        elif m.start() >= behind:
            end = m.end()
            break
    # what is left of the sentence is cut around the link, at words
    if end - start > 3 * _LONGEST:
        start, end = max(start, here - _LONGEST), min(end, behind + _LONGEST)
    words = in_words(line[start:end])
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0] + " …"


def in_words(text: str) -> str:
    """Return Markdown of one line as the words that a reader sees, without stamps."""
    text = _STAMPS.sub("", text)
    text = _WIKI.sub(lambda m: m[1].replace("#", " > ").strip(), text)
    text = _MARKS.sub("", _MARKDOWN.sub(r"\1", text))
    return _BEFORE_END.sub("", " ".join(_EMPTY.sub("", text).split()))


def lead_to_stubs(work: Work, linter: Linter, stubs: Made, stage: Stage) -> None:
    """Lead the links that spell the name of a stub otherwise to it; they go on showing what they showed. `linter` tells which links
    lead nowhere.
    """
    places = {name_key(one.name): path for path, one in stubs.items()}

    def led(_finding: Finding, note: Note, link: Link, vault: Vault) -> Edit | None:
        path = places.get(name_key(link.path)) if leads_nowhere(link, note, vault) else None
        if path is None:
            return None
        target = vault.path_to(path, note.path)
        return relink(note, link, target if link.fragment is None else f"{target}#{link.fragment}")

    askers = sorted({path for one in stubs.values() for path in one.notes})
    with stage("Leading", len(askers)) as advance:
        turn(work, linter, askers, led, "lead it to the note that is asked for", advance)
