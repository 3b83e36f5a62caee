"""A note: both ways to read it agree, every span quotes its source, and no text takes long or raises."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from processor.base.text import Source
from processor.parse.fast import read_plain
from processor.parse.obsidian import read_body
from processor.parse.timestamps import read_timestamps
from processor.parse.timestamps.wellformed import Found, Linked, Stamps, find_anchors, find_linked
from processor.vault.note import parse_note
from tests.constructs import check_spans
from tests.examples import examples
from tests.growth import LINEAR, growth
from tests.soup import document

SOUP = st.randoms(use_true_random=False).map(document)
ANCHOR = '<a class="yt-timestamp" data-t="00:01:02">[00:01:02]</a>'
PLAIN_WORDS = (
    ANCHOR, ANCHOR, f"[[h|{ANCHOR}]]", f"[00:01:02]{ANCHOR}", f"[{ANCHOR}](u.md)",
    "[[a]]", "![[b.png]]", "[[c#d|e f]]", "[[g | h]]", "[t](u.md)", "![i](j.png)", "[x](https://a.example/p_(q))", "[e]()", '[e]( "t")', "a^[b]", "x^[[[a]]]",
    "https://a.example/b?c=d.", "<https://a.example>", "http://a.example)", "<b>", "</b>", '<a class="yt" data-t="1">[00:01]</a>',
    "#tag", "#1", "a#b", "*#em*", "(#p)", "[00:01:02]", "word", "é", "\U0001f39e", "]", "[", "(", "!", "](", "[[", "[[]]", "x:", "http:",
    "https://a.example,[[z]]", "#http://a.example", "www.a.example", "https://www.a.example", "<br>", "<", "a<b", "^id", "[q]:", "$", "`", "\\",
    "$5", "US$", "$5$", "[t #3](u.md)", "[t #tag #a$b](u.md)", "[#t](u.md)", "[a#b *#c* ##d](u.md)", "[t # #e https://a.example/#f](u.md)",
)  # fmt: skip
# what begins before an anchor and could end within it
SPOILERS = (
    ANCHOR, ANCHOR, '"', "'", "|", "]]", "[[a|", "[00:01:02|", "[", "]", ")", "](", "<b c=", '<b c="', "<b c='", "<", ">", "#tag", "!", "x", " ", "-",
    "https://a.example/", "[t](u", "[ ]", "[!x]", "=", "/>", "[00:01:02, ", "00:01:03]", "<a ", '](< a data-t="1:2">', '<A data-t="1:2">', "</a>", "[[00:01:02]]",
)  # fmt: skip
LINKED = "[00:01:02](https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=62s)"
# what makes another stamp, or none, of a link or of what stands beside it
NEAR_LINKS = (
    LINKED, LINKED, LINKED, LINKED.replace("02]", "03]"), "[00:02:02](https://youtu.be/dQw4w9WgXcQ?t=122s)", LINKED.replace("dQ", "dq"), f"!{LINKED}",
    f"\\{LINKED}", LINKED.replace(")", f" '{ANCHOR}')"), LINKED.replace(")", ' "x")'), LINKED.replace("(", "( "), LINKED.replace("62s", "62"), ANCHOR,
    f"[{LINKED}", f"[x {LINKED}](u.md)", f"[[a|{LINKED}]]", f"`{LINKED}`", f"<b c='{LINKED}'>", '<a class="yt-timestamp" data-t="00:01:02">', "[", "]", "](",
    '<a class="yt-timestamp" data-t="00:1:02">[00:01:02]</a>', "[see ", f"](<{ANCHOR[1:-4]}", "[00:01:02]", "[00:01:02, 00:01:03]", "[~", "</a>", "x", " ",
    "[00:01:02][r]", "\n[r]: https://youtu.be/dQw4w9WgXcQ?t=62s\n", "\n[00:01:02]: https://youtu.be/dQw4w9WgXcQ?t=62s\n", "\n# ", "\n\n", "\n> ", "$", "%%",
)  # fmt: skip
PLAIN_LINES = (
    "", "", "", " ", "# h", "## h ##", "#", " # h", "> ", ">", "> # h", "> [!tip] ", "> [!tip]- x ", ">[!a|b]", "- ", "* ", "1. ", "2) ", "  - ",
    "    - ", "      ", "- - ", "-", "-     ", "---", "===", "***", "| a |", "|--|", "<div>", "</b>", "- [ ] ", "- # ", "> > ", "> [!x] > [!y]", "- > ",
    ">     ", "    ", "\t", "~~~", "%%", "[r]: x",
)  # fmt: skip


def plain_document(r: random.Random) -> str:
    """Mostly what the short way reads, with now and then something that it must not."""
    few = r.choice((PLAIN_WORDS[:33], PLAIN_WORDS, SPOILERS))
    lines = r.choice((PLAIN_LINES[:20], PLAIN_LINES))
    made = [
        r.choice(lines) + r.choice(("", " ", " ")).join(r.choice(few) for _ in range(r.randint(0, 4)))
        for _ in range(r.randint(1, 7))
    ]
    return "\n".join(made) + r.choice(("", "\n"))


# what hides links or changes lines, in the forms that the short way may read
HIDING_WORDS = (
    "`code`", "`[[code]]`", "``a ` b``", "`", "``", "`open [[x]]", "a^[[[x]]]", "^[", "^[x](u)", "]", "$5", "$x$", "$[[math]]$", "$$ a $$", "$", "\\[[x]]", "\\`", "\\$", "\\#tag",
    "\\", "%% said %%", "%% [[in]] #tag %%", "%%", "[a `b` c](u.md)", "[$5](u)", "[$5 x $6](u)", "[$x](u)", '[t](u "[[x]]")', "[a](u\\)v)", "[`x`]", "[open", "closed](u.md)", "[[a`b]]", "`]]",
    "https://a.example/`x`", "https://a.example/$", '<b c="`">', "<!-- x -->", "#tag", "`#tag", "$#tag", "[a|b](u)", "[[x|y]]", "[[x\\|y]]", "![[p.png]]",
    "a | b", "|", "word", "word", "more words", "^id", "x^2", "[!x]", "10%", "~~no~~", "~~~", "(see [a](b.md))", '[00:01:02](<a x="y">z</a>)',
)  # fmt: skip
HIDING_BLOCKS = (
    "```\n[[code]]\n```", "```py\n# no\n\n---\n```", "~~~ a b\n```\n~~~~", "````\n```\n````", "```", "``` a|b\nc\n```", "   ```\nx\n   ```", "- ```\n  x\n  ```",
    "> ```\n> x\n> ```", "```a`b\nc", "    code [[x]]", "    a\n\n      b", "    - a", "| a | b |\n|---|---|\n| [[c]] | `d` |", "a | b\n:-- | --:\n| `x|y` | [[p\\|q]] |",
    "| a |\n|---|\n| [[p|q]] |\n    | r |", "| |\n|-|\n||", "Title [[x]]\n===", "Title `x`\n---", "Two\nlines\n---", "---", "===", "-", "* * *", "%% said %%",
    "%% ytvault-disable a-rule, b %%", "%%\n[[in]]\n%%", "%% a\nb %%", "%%    a %%", "$$\nx\n$$", "$$ x $$", "$$\n```\n$$\n```", "$$ x\n\na\n\n    b\n\n# c $$", "- - -", "- a\n- - -\n    b", "x\n$$ y", "> [!tip] `a` b\n> c", "> [!tip]\n> a\n> ```\n> b\n> ```",
    "[!INFO] a", "text\n> [!tip] a", "# h\ntext\n> [!tip] a\n> [!x] b", "- a\n> [!tip] b", "- a\n    b\n  - c\n      d", "- a\n\n    b", "1. a\n    - b\n2. c\n    d", " 10. a\n    - b", "1. ***\n    x\ny", "- a\n     10. b\n     c\n        - d", "  1. a\n    - b", "> q\n2. x\n    y", "> q\n    z", "# h `x`", "## h [[x]] $y$", "# h #tag %% c %%",
    "<div>\n[[x]]\n</div>", "[r]: u.md", "[^1]: foot", "\\[r]: u", "| a^[[[b]]] | c |\n|---|---|\n| ^[x](u) | d |", "A ^[[[x]]]\n===", "text ^id", "- text ^id\n- more", "\x01", "- [ ]  # x", "- [x] > y", "> a\n> # h", "  # h",
)  # fmt: skip


def hiding_document(r: random.Random) -> str:
    """Blocks and lines of words, most of them with some of what hides links."""
    few_words = [*r.sample(HIDING_WORDS, r.randint(1, 8)), "word", "[[a|b c]]", "[t](u.md)"]
    few_blocks = r.sample(HIDING_BLOCKS, r.randint(1, 5))
    begins = r.choice((("",), ("", "", "", "- ", "> ", "1. ", "    - ", "# "), PLAIN_LINES))
    made = []
    for _ in range(r.randint(1, 6)):
        if r.random() < 0.4:
            made.append(r.choice(few_blocks))
        else:
            words = (r.choice(few_words) for _ in range(r.randint(1, 5)))
            made.append(r.choice(begins) + r.choice((" ", " ", "")).join(words))
        made.append(r.choice(("\n", "\n\n", "\n\n", "\n \n")))
    return "".join(made[:-1]) + r.choice(("", "\n", "\n\n"))


@example("\n    \n    - code\n")
@example("- [ ] \n      code\n")
@example("- [ ]  # heading\n")
@example(" 10. item\n    - code\n")
@example("1. ---\n    code\nlazy\n")
@example("//www.a.example")
@example(f"[[a {ANCHOR} b]]")
@example(f"[[a | {ANCHOR} b]]")
@example(f"[[a [{LINKED}")
@example(f"[[x {LINKED} y]] {LINKED}")
@example(f"## {LINKED} a\n\n{LINKED}#tag [b {LINKED}\n")
@examples(300)
@given(st.randoms(use_true_random=False).map(lambda r: r.choice((plain_document, hiding_document))(r)))
def test_both_ways_to_read_a_note_agree(text: str) -> None:
    for short in (read_plain(text, 0), read_plain(text, 0, find_anchors(text, 0).blotted)):
        assert short is None or short == read_body(text, 0)


@example(f"[[00:01:02|{ANCHOR}]] [00:01:02|{ANCHOR}] {ANCHOR}")
@example(f'<b c="{ANCHOR}"> <b c="{ANCHOR}> {ANCHOR}')
@examples(200)
@given(st.randoms(use_true_random=False).map(lambda r: r.choice((plain_document, document))(r)))
def test_stamps_are_the_same_whether_anchors_are_found_at_once_or_one_by_one(text: str) -> None:
    note = parse_note(text)
    links = note.links, note.external_links
    one_by_one = read_timestamps(text, note.body_start, note.regions, *links, Found((), (), text, (text,)))
    assert tuple(note.timestamps) == tuple(one_by_one)


@example(f"[{LINKED}")
@example(f'{ANCHOR} {LINKED} [see {LINKED}](<a data-t="1:2">')
@example(f'<a class="yt-timestamp" data-t="00:01:02">{LINKED}</a>')
@examples(200)
@given(st.lists(st.sampled_from(NEAR_LINKS), max_size=9).map("".join))
def test_stamps_are_the_same_whether_links_are_kept_as_columns_or_not(text: str) -> None:
    note = parse_note(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("processor.parse.timestamps.find_linked", lambda links: (Linked(), links))
        one_by_one = read_timestamps(text, 0, note.regions, note.links, note.external_links)
    assert isinstance(note.timestamps, Stamps)
    assert tuple(note.timestamps) == tuple(one_by_one)
    assert len(note.timestamps) == len(one_by_one)
    check_columns(note.timestamps)


def check_columns(stamps: Stamps) -> None:
    """The indices of the columns lead to their stamps."""
    assert [stamps[i] for i, _ in stamps.rest_ones()] == list(stamps.rest)
    assert [(stamps[i].label, stamps[i].span.start) for i in stamps.indices()] == list(
        zip(stamps.clocks, stamps.starts, strict=True)
    )
    assert [stamps[i].span for i in stamps.linked_indices()] == [link.span for link in stamps.linked.links]


def test_links_as_the_program_writes_them_are_kept_as_columns() -> None:
    other, video = LINKED.replace("dQw", "dqw"), "dQw4w9WgXcQ"
    note = parse_note(f"# T\n\n{LINKED} and [[a]] {LINKED}, {ANCHOR} {other} [00:00:03].\n")
    stamps = note.timestamps
    assert isinstance(stamps, Stamps)
    assert (list(stamps.clocks), list(stamps.linked.clocks), stamps.linked.video_id) == (
        ["00:01:02"],
        ["00:01:02"] * 2,
        video,
    )
    assert [note.quote(t.span) for t in stamps.rest] == [other, "[00:00:03]"]
    assert [note.quote(t.span) for t in stamps.odd] == [LINKED, LINKED, other, "[00:00:03]"]
    for link in (
        f"!{LINKED}",
        f"# {LINKED}",
        f"[[a|{LINKED}]]",
        LINKED.replace("62", "63"),
        LINKED.replace(")", " 't')"),
    ):
        assert find_linked(parse_note(link).external_links)[0].links == []


@examples(150)
@given(st.text(alphabet="ab #[]()!|>-*1.:/ht<\n\t `$%\\^=é\u2028\x0b\r", max_size=60))
def test_both_ways_agree_on_any_text(text: str) -> None:
    short = read_plain(text, 0)
    assert short is None or short == read_body(text, 0)


@pytest.mark.parametrize(
    "text",
    [
        '# Title\n\nFrom: [[channel]] <br/> \n\nA [[b|c]] at <a class="yt" data-t="00:01">[00:01]</a>, https://a.example.\n',
        "- one [[a]]\n    - two [[b]]\n        - three\n- four #tag\n",
        "> [!note] Title [[a]]\n> text [b](c.md)\n\n---\n\n1. [[d]]\n",
    ],
)
def test_the_short_way_reads_ordinary_notes(text: str) -> None:
    assert read_plain(text, 0) is not None


def test_anchors_amid_text_are_kept_as_columns() -> None:
    note = parse_note(f"# T\n\n{ANCHOR} and [[a]] {ANCHOR}.\n")
    assert isinstance(note.timestamps, Stamps)
    assert (list(note.timestamps.clocks), note.timestamps.odd) == (["00:01:02"] * 2, ())
    assert [note.quote(t.span) for t in note.timestamps] == [ANCHOR, ANCHOR]
    for odd in (f"# {ANCHOR}", f"[[a|{ANCHOR}]]", f"`{ANCHOR}`", f"\\{ANCHOR}", f"[x]({ANCHOR})", "[00:00:03]"):
        note = parse_note(f"{ANCHOR}\n\n{odd}\n\n{ANCHOR}\n")
        assert isinstance(note.timestamps, Stamps)
        assert [i for i, _ in note.timestamps.rest_ones()] in ([1], [0, 1, 2])
        check_columns(note.timestamps)


@examples(200)
@given(SOUP)
def test_every_span_quotes_its_source(text: str) -> None:
    check_spans(parse_note(text))


@examples(120)
@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    check_spans(parse_note(Source.decode(text.encode(errors="replace"))))


@examples(120)
@given(SOUP)
def test_line_ends_and_byte_order_mark_change_nothing(text: str) -> None:
    note = parse_note(Source.decode(text.encode()))
    for other in (text.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + text.encode()):
        twin = parse_note(Source.decode(other))
        assert (twin.links, twin.headings, twin.tags, twin.regions) == (
            note.links,
            note.headings,
            note.tags,
            note.regions,
        )


HARMLESS = st.lists(
    st.sampled_from(("text", "[[a]] b", "x [c](d.md) y", "`[[no]]` [[e|f]]", "$[[no]]$", "<b>[[g]]</b>", "![[h.png]]", "\\[[x]", "https://a.example/[[no]]", "%% [[i]] %%", "[ref][t]")),
    min_size=1,
    max_size=5,
)  # fmt: skip


@examples(120)
@given(HARMLESS, st.sampled_from(("> ", "- ", "> > ", "> - ", "1. ", "- [ ] ", ">", "> [!tip] ", "*\t")))
def test_a_container_changes_no_link(lines: list[str], mark: str) -> None:
    """The links of a paragraph are those of the same paragraph in a quote or list."""
    rest = "".join(
        c if c == ">" else "\t" if c == "\t" else " " for c in mark.replace("[!tip] ", "").replace("[ ] ", "")
    )
    wrapped = mark + ("\n" + rest).join(lines)
    plain, inside = parse_note("\n".join(lines)), parse_note(wrapped)
    assert [plain.quote(x.span) for x in plain.links] == [inside.quote(x.span) for x in inside.links]
    assert [x.url for x in plain.external_links] == [x.url for x in inside.external_links]


LONG = {
    "stamps": "[00:00:03] " * 36_000,
    "reference-like brackets": "[a][b] " * 57_000,
    "references": "[a]: x\n\n" + "[a][b] " * 57_000,
    "open wikilinks": "[[" * 100_000,
    "open links": "[a](b" * 80_000,
    "nested links": "[" * 30_000 + "[[w]]" * 30_000 + "](a)" * 30_000,
    "quotes": ">" * 10_000,
    "quotes with spaces": "> " * 10_000,
    "quotes on lines": "> > > > a\n" * 20_000,
    "bullets on one line": "- " * 50_000 + "x",
    "lists within lists": "".join(" " * (2 * i) + "- a\n" for i in range(700)),
    "one word": "x" * 1_000_000,
    "one line": "word " * 200_000,
    "backticks": "".join("`" * (i % 50 + 1) + "x" for i in range(15_000)),
    "dollars": "$x " * 100_000,
    "comments": "%% " * 100_000,
    "open tags": '<a b="' * 60_000,
    "open HTML comments": "<!--" * 60_000,
    "footnotes": "[^1]: " * 20_000,
    "urls": "https://a.example " * 20_000,
    "parentheses behind a url": "https://a.example/" + ")" * 300_000,
    "table rows": "| a | b |\n|--|--|\n" + "| [[x\\|y]] | b |\n" * 12_000,
    "delimiters": "a|b\n" + "-|" * 200_000 + "x",
    "fences": "```\na\n" * 50_000,
    "hashes": "#" * 300_000,
    "backslashes": "\\[" * 150_000,
    "spaces at a line's end": "# a" + " " * 300_000 + "#",
    "lazy lines": "> a\n" + "b\n" * 60_000,
    "NUL": "\0" * 100_000,
    "code on lines": "`a` `b\n" * 30_000,
    "an open backtick on each line": "``x ` [y\n" * 30_000,
    "prices on lines": "costs $5 or $6\n" * 30_000,
    "open brackets on lines": "a [b\n" * 60_000,
    "callout marks on one line": "[!a] " * 60_000,
    "nested items": "- a\n    - b\n" * 20_000,
    "nested items below a quote": "> q\n\n" + "- a\n    - b\n" * 20_000,
    "indented code": "a\n\n    b\n\n" * 20_000,
    "indented code below one paragraph": "a\n" * 30_000 + "\n    b\n\n" * 20_000,
    "underlined headings": "a\n---\n\n" * 20_000,
    "empty tables": "|a|\n|-|\n\n" * 20_000,
    "blocks of math": "a\n" + "$$\nx\n$$\n" * 20_000,
    "titles": '[a](b "c" ' * 40_000,
    "remarks": "a\n" + "%% a %%\n" * 30_000,
    "links in a line with code": f"{LINKED} " * 6_000 + "`x`",
    "embeds": f"!{LINKED} " * 6_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_texts_are_read(text: str) -> None:
    text = text[: len(text) // 5]  # what grows with the square takes minutes all the same; the slow campaign reads all
    body = read_body(text, 0)
    assert read_plain(text, 0) in (None, body)
    assert all(0 <= found.start < found.end <= len(text) for found in body.regions)


@pytest.mark.slow
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_time_grows_no_faster_than_length(text: str) -> None:
    assert (
        growth(lambda length: (read_body(text[:length], 0), read_plain(text[:length], 0)), len(text) // 4) < 2 * LINEAR
    )


def test_front_matter_is_no_body() -> None:
    note = parse_note("---\na: '[[x]]'\n---\n# h\n[[y]]\n")
    assert [(x.form, x.target, x.key) for x in note.links] == [("property", "x", "a"), ("wikilink", "y", "")]
    assert note.place_at(4) == "property"
    assert note.headings[0].span.start == note.body_start


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: '[[x]]'", [("x", "a")]),
        ('a: "[[x|y]]"', [("x", "a")]),
        ("a: text [[x]]", []),
        ("a: '[x](y.md)'", [("y.md", "a")]),
        ('a: "![x](y%20z.md#H)"', [("y z.md#H", "a")]),
        ("a: ['[x](<y z.md>)', \"[x](y.md 't')\"]", [("y z.md", "a.0"), ("y.md", "a.1")]),
        ("a: text [x](y.md)", []),
        ("a: '[x](y.md) text'", []),
        ("a: '[x](https://a.b/)'", []),
        ("a: '[x]()'", []),
        ("a: '[x](y z.md)'", []),
        ('a: "[\\"x\\"](y.md)"', [("y.md", "a")]),
        ("a: '[it''s](it''s.md)'", [("it's.md", "a")]),
        ("a: [x](y.md)", []),
        ("a:\n  b: '[x](y.md)'", [("y.md", "a.b")]),
        ("related:\n  - '[[x]]'\n  - no\n  - '[[y#z]]'", [("x", "related.0"), ("y#z", "related.2")]),
        ("related: ['[[x]]', '[[y]]']", [("x", "related.0"), ("y", "related.1")]),
        ("a: '[[]]'", []),
    ],
)  # fmt: skip
def test_links_in_properties(text: str, found: list[tuple[str, str]]) -> None:
    note = parse_note(f"---\n{text}\n---\n")
    assert [(x.target, x.key) for x in note.links] == found
    assert all(note.quote(x.span).startswith(("[", "![")) for x in note.links)


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("From: [[chan]] <br/>\n", "chan"),
        ("# t\n\nFrom: [[a/chan|x]]\n", "a/chan"),
        ("> From: [[chan]]\n", "chan"),
        ("- From: [[chan]]\n", "chan"),
        ("From: chan [[x]]\n", None),
        ("It is From: [[chan]]\n", None),
        ("`\nFrom: [[chan]]`", None),
        ("From: [[a]]\nFrom: [[b]]\n", "a"),
    ],
)  # fmt: skip
def test_channel(text: str, channel: str | None) -> None:
    found = parse_note(text).channel
    assert (found.target if found else None) == channel


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%% ytvault-disable a-rule, other %%", [("disable", ("a-rule", "other"))]),
        ("%% ytvault-disable %%", [("disable", ())]),
        ("x %%ytvault-enable a%% y", [("enable", ("a",))]),
        ("%% ytvault-disable-next-line a %%\nx", [("disable-next-line", ("a",))]),
        ("%% ytvault-disabled a %%", []),
        ("`%% ytvault-disable a %%`", []),
        ("%% note: ytvault-disable a %%", []),
        ("---\nytvault-disable: [a, b]\n---\n", [("property", ("a", "b"))]),
    ],
)  # fmt: skip
def test_suppressions(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    note = parse_note(text)
    assert [(s.action, s.rules) for s in note.suppressions] == expected
    assert [tuple(note.quote(x) for x in s.rule_spans) for s in note.suppressions] == [rules for _, rules in expected]


def test_places_are_those_of_the_innermost_region() -> None:
    text = "# h [[a|b]]\n\n`c` [d](e.md) $f$\n\n%% g `i` %%\n\n| j | k |\n|---|---|\n| `l` | m |\n\n<div>\nn\n</div>\n"
    note = parse_note(text)
    expected = {
        "h": "heading", "a|": "display", "b]": "display", "c`": "code", "d]": "link", "f$": "math", "g ": "comment", "i`": "code",
        "j ": "table", "l`": "code", "m ": "table", "n\n<": "html", "e.md": "text",
    }  # fmt: skip
    assert {what: note.place_at(text.index(what)) for what in expected} == expected
    assert note.place_at(len(text)) == "text"


@pytest.mark.parametrize(
    ("properties", "video"),
    [
        ("videoId: abcdefghijk", "abcdefghijk"),
        ("videoId: '01234567012'", "01234567012"),
        ("videoId: 01234567012", "01234567012"),
        ("source: https://youtu.be/abcdefghijk?t=3", "abcdefghijk"),
        ("videoid: abcdefghijk", "abcdefghijk"),
        ("videoId: nonsense", ""),
        ("title: x", None),
        ("source: https://youtu.be/sourceidxyz\nvideoId: abcdefghijk", "abcdefghijk"),
    ],
)  # fmt: skip
def test_video(properties: str, video: str | None) -> None:
    note = parse_note(f"---\n{properties}\n---\n")
    found = note.video(("videoId", "video_id", "source"))
    assert (found.id if found else None) == video
    assert note.is_transcript(("videoId", "video_id", "source")) == (video is not None)


def test_name_and_folder() -> None:
    note = parse_note("", "a/b c.md")
    assert (note.name, note.folder) == ("b c", "a")
