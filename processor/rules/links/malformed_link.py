"""What was meant for a link is none, or is one by accident.

What it does: reports a wikilink with two bars; a web address in `[[…]]`, without `https://` in a Markdown link, or in
parentheses or quotation marks of its own there; a wikilink around a Markdown link; a wikilink with more brackets than
it has; a bare `|` that cuts a wikilink in a table; a `[[` that nothing closes on its line; a wikilink without a
target; a Markdown link with a bare space in its destination, where that ends as a file does or a file is called so; a block's
id right behind an embed, without the space that makes it one.

Why it is bad: Obsidian shows the brackets, or looks for a note of that name.

```bad
[[https://example.com/paper|The paper]] is cited in [Open weights](open weights.md).

| model         |
| ------------- |
| [[llama|Meta]] |
```

```fixed
[The paper](https://example.com/paper) is cited in [Open weights](open%20weights.md).

| model         |
| ------------- |
| [[llama\\|Meta]] |
```

```good
[The paper](https://example.com/paper) is cited in [[open weights]].

| model         |
| ------------- |
| [[llama\\|Meta]] |
```

```file open weights.md
Weights.
```

```file llama.md
A model.
```

Fix: safe for a web address (it becomes a Markdown link that shows the same), for what stands around a link or an address
(it goes; brackets where as many open the link as close it, else it is unsafe), for a bar in a table, and for a space
where the destination names a file (it is written `%20` or in `<>`, as the notes there have it); unsafe for `[[note]`
where the note exists, and for a web address without `https://`. There is none for two bars, since nobody knows
which text was meant to show, nor for a blank target or a block's id. Two bars are a warning where the text that shows is a
name of the note, or one in which the second bar stands between words. What a template engine is to fill in
(`[[{{date}}]]`, `<% … %>`) is no link yet, and not judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from urllib.parse import unquote

from processor.base.text import Edit
from processor.parse.grammar import PLACEHOLDER, SPACED, normal, unescaped
from processor.parse.nodes import DeadLink, Link
from processor.rules.base import Context, Fix, Problem, rule
from processor.rules.fixes import fix_with
from processor.vault.facts import named_by, names
from processor.vault.links.around import AROUND_LINK, WEB_ADDRESS, surplus, unwrapped
from processor.vault.links.faults import Fault, Faulty, of_fault
from processor.vault.links.writing import encode, escape_brackets, shown, written_link
from processor.vault.note import Note
from processor.vault.vault import Vault


@rule(severity="error", needs="vault", fixes="both")
def check(note: Note, context: Context) -> Iterator[Problem]:
    vault = context.vault
    for dead in note.dead_links:
        if PLACEHOLDER.search(note.text, *dead.span):
            continue  # a template engine is to make something of it
        if problem := _DEAD[dead.reason](note, dead, vault):
            yield problem
    for faulty in of_fault(note, vault, *_LIVE):
        yield _LIVE[faulty.fault](note, faulty, vault)


# --- links that are none ---


def _unclosed(note: Note, dead: DeadLink, vault: Vault) -> Problem:
    start, end = dead.span
    name = _UNCLOSED.match(note.text, end)
    fix = None
    if name and vault.resolve(name["target"].rstrip("\\"), note.path).path is not None:
        at, written = name.end(), note.text[start : name.end()] + "]"
        fix = fix_with(note, vault, [Edit(at, at, "]")], lambda: f"write {written}", safe=False)
    return Problem(dead.span, "nothing closes this [[ on its line, so it is no link", fix)


_UNCLOSED = re.compile(r"(?P<target>[^\[\]|\n]{1,300})(?:\|[^\[\]\n]{0,300})?\](?!\])")


def _blank(_note: Note, dead: DeadLink, _vault: Vault) -> Problem:
    return Problem(dead.span, "a link without a target is no link")


def _table_bar(note: Note, dead: DeadLink, vault: Vault) -> Problem:
    edits = [
        Edit(m.start(), m.start(), "\\")
        for m in re.compile(r"(?<!\\)\|").finditer(note.text, dead.span.start, dead.span.end)
    ]
    title = re.sub(r"(?<!\\)\|", r"\\|", note.quote(dead.span))
    fix = fix_with(note, vault, edits, lambda: f"write {title}", safe=True)
    return Problem(dead.span, "in a table a bare | ends the cell and cuts the link; it is written \\|", fix)


def _space(note: Note, dead: DeadLink, vault: Vault) -> Problem | None:
    found = next(
        (
            d
            for m in _OPENED.finditer(note.text, *dead.span)
            if (d := SPACED.match(note.text, m.end() - 1, dead.span.end))
        ),
        None,
    )
    if found is None:
        return None
    destination = found["spaced"].strip()
    led = vault.resolve(normal(unquote(unescaped(destination))), note.path)
    if led.path is None and not (_FILE.search(destination) and "(" not in destination):
        return None  # words in parentheses
    start = found.start("spaced")
    angled = "\\" not in destination and _writes_angles(note, vault)
    written = f"<{destination}>" if angled else destination.replace(" ", "%20")
    edit = Edit(start, start + len(destination), written)
    title = note.text[dead.span.start : start] + written + note.text[edit.end : dead.span.end]
    fix = fix_with(note, vault, [edit], lambda: f"write {title}", safe=led.path is not None)
    how = "in <>" if angled else "%20"
    return Problem(dead.span, f"a space ends a link's destination, so this is no link; it is written {how}", fix)


_OPENED = re.compile(r"\]\(")
_FILE = re.compile(r"[^\s.]\.[A-Za-z][A-Za-z0-9]{1,4}(?:#.*)?\Z")
_LOOKED_AT = 20  # notes of the folder, for how destinations are written there


def _writes_angles(note: Note, vault: Vault) -> bool:
    """Return whether spaces in destinations are written `<a b.md>` here, and not `a%20b.md`: in the note, else in those beside it."""
    beside = (p for p in vault.notes if p != note.path and p.rpartition("/")[0] == note.folder)
    for path in (note.path, *islice(beside, _LOOKED_AT)):
        there = note if path == note.path else vault.notes[path]
        ways = [
            there.text[link.target_span.start - 1] == "<"
            for link in there.links
            if link.form == "markdown" and " " in link.target
        ]
        if ways:
            return 2 * sum(ways) > len(ways)
    return False


def _glued_id(note: Note, dead: DeadLink, _vault: Vault) -> Problem:
    block = note.quote(dead.span)
    return Problem(
        dead.span,
        f"a block's id stands behind a space, so {block} is text here; a block of another note is embedded as ![[note#{block}]]",
    )


_DEAD: Mapping[str, Callable[[Note, DeadLink, Vault], Problem | None]] = {
    "unclosed": _unclosed,
    "blank": _blank,
    "table-bar": _table_bar,
    "space": _space,
    "glued-id": _glued_id,
}


# --- links by accident ---


def _two_bars(_note: Note, faulty: Faulty, vault: Vault) -> Problem:
    message = f'this link has two bars, so a reader sees "{shown(faulty.link)}"'
    return Problem(faulty.link.span, message, severity="warning" if _shows_what_was_meant(faulty, vault) else None)


def _shows_what_was_meant(faulty: Faulty, vault: Vault) -> bool:
    """Return whether the second bar is part of a text that is meant to be seen: a name of the note, or words that it parts with a
    space on both sides, where the first bar has none.
    """
    link, path = faulty.link, faulty.resolution.path
    if link.display is None or link.display_span is None or path is None:
        return False
    if _BAR_AMID_WORDS.sub("", link.display).find("|") < 0 and link.display_span.start - link.target_span.end <= 2:
        return True
    note = vault.notes.get(path)
    own = note and [text for _, text in named_by(names(note))]
    return any(_plain(text) == _plain(link.display) for text in own or ())


_BAR_AMID_WORDS = re.compile(r"(?<=\S) \\?\| (?=\S)")


def _plain(text: str) -> str:
    return " ".join(text.replace("\\|", "|").split()).casefold()


def _written(text: str, url: str, *, embed: bool) -> str:
    return f"{'!' * embed}[{escape_brackets(text)}]({url})"


def _mended(note: Note, link: Link, vault: Vault, written: str) -> Fix | None:
    return fix_with(note, vault, [Edit(*link.span, written)], lambda: f"write {written}", safe=True)


def _web_address(note: Note, faulty: Faulty, vault: Vault) -> Problem:
    link = faulty.link
    url = link.target.replace("\\|", "|")
    fix = None
    if link.form == "property":
        # a Markdown link is plain text in a property, and a bare address is a link
        if link.display is None:
            fix = _mended(note, link, vault, url)
    elif link.form == "wikilink":
        text = "" if link.embed and link.display is None else shown(link) if link.display is not None else url
        fix = _mended(note, link, vault, _written(text, _url(url), embed=link.embed))
    message = f'[[…]] leads to a note, and "{url}" is a web address: it is written as a Markdown link'
    return Problem(link.span, message, fix)


def _url(url: str) -> str:
    """Return an address as it can stand in a Markdown link: what would end it is percent-encoded, all else as it is."""
    scheme, _, rest = url.partition(":")
    depth = 0
    for char in rest:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            break
    return f"{scheme}:" + re.sub(r"[\s<>|\\()]" if depth else r"[\s<>|\\]", lambda m: encode(m[0]), rest)


def _around_link(note: Note, faulty: Faulty, vault: Vault) -> Problem:
    link = faulty.link
    message = "a wikilink cannot hold a Markdown link"
    inner = AROUND_LINK.fullmatch(link.target)
    if not inner or link.display is not None or not WEB_ADDRESS.match(inner["url"].strip("<>")):
        return Problem(link.span, message)
    written = _written(inner["text"], inner["url"], embed=link.embed)
    return Problem(link.span, message, _mended(note, link, vault, written))


def _bare_domain(note: Note, faulty: Faulty, vault: Vault) -> Problem:
    link = faulty.link
    start = link.target_span.start
    fix = None
    if link.form != "wikilink":
        written = f"https://{note.quote(link.target_span)}"
        fix = fix_with(note, vault, [Edit(start, start, "https://")], lambda: f"write {written}", safe=False)
    message = f'without https:// "{link.target}" leads into the vault, where there is nothing of that name'
    return Problem(link.span, message, fix)


def _wrapped(note: Note, faulty: Faulty, vault: Vault) -> Problem:
    link = faulty.link
    inner = unwrapped(note.quote(link.target_span))
    edit = Edit(*link.target_span, inner)
    fix = fix_with(note, vault, [edit], lambda: f"write {written_link(note, link, edit)}", safe=True) if inner else None
    message = f'"{link.target}" leads into the vault, where there is nothing of that name: the marks around the address are too many'
    return Problem(link.span, message, fix)


def _brackets(note: Note, faulty: Faulty, vault: Vault) -> Problem:
    link = faulty.link
    around = surplus(note, link)
    assert around is not None
    written = f"{'!' * link.embed}[[{around.inner}]]"
    message = f'there are too many brackets around "{around.path}", so this is no link to it'
    if around.lonely:
        return Problem(around.span, message)
    edit = Edit(*around.span, written)
    return Problem(around.span, message, fix_with(note, vault, [edit], lambda: f"write {written}", safe=around.safe))


_LIVE: Mapping[Fault, Callable[[Note, Faulty, Vault], Problem]] = {
    "wrapped": _wrapped,
    "brackets": _brackets,
    "two-bars": _two_bars,
    "web-address": _web_address,
    "around-link": _around_link,
    "bare-domain": _bare_domain,
}
