"""Every shape of a stamp is found, with its parts; and each ends as a link or with a finding that says why not."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.base.text import Edit
from processor.commands.convert import to_anchors, to_links
from processor.config import Config
from processor.parse.timestamps import read_timestamps
from processor.parse.timestamps.clocks import read_broken_clock, read_label
from processor.parse.youtube import write_clock
from processor.rules._fences import fence_around_note, unclosed_fences
from processor.rules.base import Context, all_rules
from processor.vault.note import parse_note
from processor.vault.vault import Vault
from tests.examples import examples
from tests.growth import LINEAR, growth

ID = "aBcD_-12-4w"
HEAD = f"---\ntitle: Openness\nvideoId: {ID}\n---\n\n"


def anchor(clock: str, label: str | None = None) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}">[{clock if label is None else label}]</a>'


def url(seconds: int) -> str:
    return f"https://www.youtube.com/watch?v={ID}&t={seconds}s"


SHAPES = [
    # text; the stamp in it, form, label, label's seconds, seconds
    (anchor("00:06:10"), "", "anchor", "00:06:10", 370, 370),
    (anchor("12:34"), "", "anchor", "12:34", 754, 754),
    (anchor("1:02:03"), "", "anchor", "1:02:03", 3723, 3723),
    (anchor("00:06:10", "6:10"), "", "anchor", "6:10", 370, 370),
    (anchor("00:06:10", "00:16:10"), "", "anchor", "00:16:10", 970, 370),
    ('<a class="yt-timestamp" data-t="00:06:10">00:06:10</a>', "", "anchor", "00:06:10", 370, 370),
    ('<a class="yt-timestamp" data-t="00:06:10"></a>', "", "anchor", "", None, 370),
    ('<a class="yt-timestamp" data-t="00:06:10">the start</a>', "", "anchor", "the start", None, 370),
    ("<a data-t='00:06:10' class='big yt-timestamp'>[00:06:10]</a>", "", "anchor", "00:06:10", 370, 370),
    (anchor("00:06:10", "00:06:10-00:07:00"), "", "anchor", "00:06:10-00:07:00", 370, 370),
    (anchor("00:06:10", "00:06:10, 00:07:00"), "", "anchor", "00:06:10, 00:07:00", 370, 370),
    (f'<a class="yt-timestamp" data-t="00:06:10" href="{url(370)}">[00:06:10]</a>', "", "anchor", "00:06:10", 370, 370),
    (f'<a href="{url(370)}">[00:06:10]</a>', "", "anchor", "00:06:10", 370, 370),
    ("[00:06:10]", "", "bare", "00:06:10", 370, 370),
    ("[6:10]", "", "bare", "6:10", 370, 370),
    ("[~6:10]", "", "bare", "~6:10", 370, 370),
    ("[00:06:10–00:07:00]", "", "bare", "00:06:10–00:07:00", 370, 370),
    ("[00:06:10 to 00:07:00]", "", "bare", "00:06:10 to 00:07:00", 370, 370),
    ("wow![00:06:10]", "[00:06:10]", "bare", "00:06:10", 370, 370),
    ("[[00:06:10]]", "", "wikilink", "00:06:10", 370, 370),
    ("[[0:17]](https://youtu.be/0123456789A?t=17)", "", "wikilink", "0:17", 17, 17),
    (f"[00:06:10]({anchor('00:06:10')})", "", "linked-anchor", "00:06:10", 370, 370),
    ('[00:06:10](<a class="yt-timestamp" data-t="00:06:10">00:06:10</a>)', "", "linked-anchor", "00:06:10", 370, 370),
    ('[00:06:10](<a class="yt-timestamp" data-t="00:06:10">)', "", "linked-anchor", "00:06:10", 370, 370),
    ('[00:06:10](<a%20class="yt-timestamp"%20data-t="00:06:10">)', "", "linked-anchor", "00:06:10", 370, 370),
    (f"[the start]({anchor('00:06:10')})", "", "linked-anchor", "the start", None, 370),
    (f"[00:06:10]{anchor('00:06:10')}", "", "doubled", "00:06:10", 370, 370),
    ('[00:06:10]<a class="yt-timestamp" data-t="00:06:10"></a>', "", "doubled", "00:06:10", 370, 370),
    (f"[00:06:10]({url(370)})", "", "link", "00:06:10", 370, 370),
    (f"[~17:26]({url(1046)})", "", "link", "~17:26", 1046, 1046),
    (
        "[[3:32](https://youtu.be/0123456789A?t=212)]",
        "[3:32](https://youtu.be/0123456789A?t=212)",
        "link",
        "3:32",
        212,
        212,
    ),
    ("[1:06](https://youtu.be/0123456789A)", "", "link", "1:06", 66, 0),
    ("[words](https://youtu.be/0123456789A?t=20)", "", "link", "words", None, 20),
    ("https://youtu.be/0123456789A?t=20", "", "link", "", None, 20),
    ("[00:24:20](#t=00:24:20)", "", "link", "00:24:20", 1460, 1460),
    ("[00:24:20](#)", "", "link", "00:24:20", 1460, 1460),
    ("[the start](00:24:20)", "", "link", "the start", None, 1460),
]


@pytest.mark.parametrize(
    ("text", "part", "form", "label", "label_seconds", "seconds"), SHAPES, ids=[s[0] for s in SHAPES]
)
@pytest.mark.parametrize(
    ("before", "behind"), [("", ""), ("He says ", " and goes on."), ("- (", ")."), ("é🎞 > ", ", so")]
)
def test_shapes(before, behind, text, part, form, label, label_seconds, seconds):
    note = parse_note(HEAD + before + text + behind)
    assert [note.quote(t.span) for t in note.timestamps] == [part or text]
    stamp = note.timestamps[0]
    assert (stamp.form, stamp.label, stamp.label_seconds, stamp.seconds) == (form, label, label_seconds, seconds)
    assert stamp.fault == ""
    assert label in note.quote(stamp.label_span)
    if stamp.target_span:
        assert stamp.target in note.quote(stamp.target_span)


FAULTS = [
    # text, the second that is meant, whether that is certain
    ('<a class="yt="yt-timestamp" data-t="00:06:10">[00:06:10]</a>', 370, True),
    ('<a class="yt_timestamp" data-t="00:06:10">[00:06:10]</a>', 370, True),
    ('<a class="yt>[00:06:10]</a>', 370, True),
    ('<a%20class="yt-timestamp"%20data-t="00:06:10">[00:06:10]</a>', 370, True),
    ('<a class="yt-timestamp" data="00:06:10">[00:06:10]</a>', 370, True),
    ('<a class="yt-timestamp" data-timestamp="00:06:10">[00:06:10]</a>', 370, True),
    ('<a class="yt-timestamp" data=t="00:06:10">[00:06:10]</a>', 370, True),
    ('<a class="yt-timestamp" data-01:06:10:03">[01:06:10]</a>', 3970, True),
    ('<a class="yt-06:10">[00:06:10]</a>', 370, True),
    ('<a href="00:00:27">[00:00:27]</a>', 27, True),
    ('<a href="" class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>', 370, True),
    ('<a href="#fn:1" class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>', 370, False),
    ('< a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>', 370, True),
    ('<span data-t="00:06:10">[00:06:10]</span>', 370, True),
    ('<a class="yt-timestamp" data-t="00:06:10"[00:06:10]</a>', 370, True),
    ('<a class="yt-timestamp" data-t="00:06:10>[00:06:10]</a>', 370, True),
    ('<a class="yt-timestamp" data-t="00:06:10</a>', 370, True),
    ('<a class="yt-timestamp" data-t="00:06:10">[00:06:10]', 370, True),
    ('<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a)', 370, True),
    ('<a class="yt-timestamp" data-t="00:01:02]-[00:01:05]</a>', 62, True),
    (anchor("00:18:58]", "00:18:58"), 1138, True),
    (anchor("00:18:58]", ""), 1138, True),
    (anchor("HH:MM:SS", "02:44:00"), 9840, True),
    (anchor("HH:01:13", "00:01:13"), 73, True),
    (anchor("https://youtu.be/XYZ", "10:20"), 620, True),
    (anchor("001:00:23", ""), 3623, True),
    (anchor("00:5:52", "00:05:52"), 352, True),
    (anchor("00:05:52", "00:5:52"), 352, True),
    (anchor("01:00:17:51"), 3617, True),
    (anchor("00:01:10:02"), 70, False),
    (anchor("01:03:07:", ""), 3787, True),
    (anchor("01:26:", ""), 86, False),
    (anchor("01:26:", "00:01:26"), 86, True),
    (anchor("04:27:819"), 267, False),
    (anchor("29:14:68"), 1754, False),
    (anchor("05:4:00"), 18240, False),
    (anchor("00:43:0"), 2580, False),
    (anchor("2241", "37:21"), 2241, True),
    (anchor("2241", "37:01"), 2221, True),
    (anchor("02:15:3x", "05:15:30"), 18930, False),
    (anchor("N/A"), None, False),
    (anchor("HH:MM:SS"), None, False),
    ('[:9:02](<a class="yt-timestamp" data-t="00:09:02">[00:09:02]</a>)', 542, True),
    ('[00:02:03](<a class="yt-timestamp" data-t="HH:MM:SS">00:02:03</a>)', 123, True),
    ("[01:00:17:51]", 3617, True),
    ("[05:4:00]", 18240, False),
    ("[[01:00:17:51]]", 3617, True),
    ("\\" + anchor("00:06:10"), 370, False),
    ("[1:06](https://youtu.be/0123456789A?t=55t)", 66, True),
    ("[1:06](https://youtu.be/0123456789A?t=)", 66, True),
]


@pytest.mark.parametrize(("text", "reading", "certain"), FAULTS, ids=[f[0] for f in FAULTS])
@pytest.mark.parametrize(("before", "behind"), [("", ""), ("He says ", " and goes on."), ("- and ", ", so\n")])
def test_faults(before, behind, text, reading, certain):
    note = parse_note(HEAD + before + text + behind)
    assert [note.quote(t.span) for t in note.timestamps] == [text]
    stamp = note.timestamps[0]
    assert stamp.fault
    assert (stamp.reading, stamp.certain) == (reading, certain)


@given(st.integers(0, 4 * 3600 - 1), st.text(st.sampled_from("0123456789:HMS]-/. x"), max_size=12))
def test_a_full_label_is_believed_where_the_target_is_no_clock(seconds, target):
    clock = write_clock(seconds)
    stamp = parse_note(HEAD + f"x {anchor(target, clock)}").timestamps[0]
    if stamp.fault:
        assert (stamp.reading, stamp.certain) == (seconds, True)


NONE = [
    "[3:5]",
    "[16:9]",
    "[12]",
    "[2024-10-11]",
    "xs[10:20]",
    "[00:06:10]: https://example.com\n",
    "\\[00:06:10\\]",
    '<a href="https://example.com">[00:06:10]</a>',
    '<a href="https://example.com/yt">text</a>',
    '<span class="x">[[note]]</span>',
    "<abbr data-t='1'>x</abbr>",
    "[10:30](https://example.com)",
    "[[note]]",
    "[[chapter 00:06:10]]",
    "at 10:30 in the morning",
    "![x](https://youtu.be/0123456789A?t=5)",
    "https://youtu.be/0123456789A",
]


@pytest.mark.parametrize("text", NONE)
def test_no_stamps(text):
    assert [t.form for t in parse_note(HEAD + text).timestamps if t.form != "bare" or "<" not in text] == []


def test_lists():
    note = parse_note(HEAD + "x [00:11:02, 0:12:04; 13:14-13:20] y")
    assert [(note.quote(t.span), t.seconds, t.end_seconds) for t in note.timestamps] == [
        ("00:11:02", 662, None),
        ("0:12:04", 724, None),
        ("13:14-13:20", 794, 800),
    ]
    assert {note.quote(t.group) for t in note.timestamps} == {"[00:11:02, 0:12:04; 13:14-13:20]"}
    note = parse_note(HEAD + "x [[00:05:51], [00:05:57]] y")
    assert [note.quote(t.span) for t in note.timestamps] == ["[00:05:51]", "[00:05:57]"]


PLACES = [
    ("text", "x §"),
    ("heading", "## x §"),
    ("table", "| a | b |\n| --- | --- |\n| x § | y |"),
    ("html", "<div>\n§\n</div>"),
    ("code", "`x §`"),
    ("code", "```\n§\n```"),
    ("math", "$x § y$"),
    ("comment", "%% § %%"),
    ("comment", "x <!-- § -->"),
    ("link", "[a § b](https://example.com)"),
    ("display", "[[note|a §]] b"),
]


@pytest.mark.parametrize(("place", "around"), PLACES, ids=[p[1] for p in PLACES])
def test_places(place, around):
    note = parse_note(HEAD + around.replace("§", anchor("00:06:10")))
    assert [(t.place, t.seconds) for t in note.timestamps] == [(place, 370)]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:06:10", 370),
        ("", None),
        ("6:1", 360 + 10),
        ("x", None),
        ("9" * 50, None),
        ("1:2:3:4:5", None),
        ("00:75:10", None),
    ],
)
def test_broken_clocks(text, seconds):
    reading = read_broken_clock(text)
    assert (reading and reading.seconds) == seconds


@given(st.text(st.sampled_from([*"0123456789:[]~-–, ."]), max_size=40))
def test_reading_clocks_never_raises(text):
    read_broken_clock(text)
    read_label(text)


# ---- every stamp is accounted for -----------------------------------------------------------------------------------

LINKABLE = (
    [s[0] for s in SHAPES]
    + [f[0] for f in FAULTS]
    + ["[00:11:02, 00:12:04]", "[3:16]", anchor("10:50:00"), anchor("04:10:33")]
)
AROUND = [p[1] for p in PLACES] + [
    "- § and",
    "> § so",
    "> [!note] §\n> more",
    "(§)",
    "**§**",
    "wow!§",
    "[§]",
    "[[a|b]]§",
    "§§",
]


def accounted(text: str) -> None:
    """Each stamp is a link already or has a finding; what a safe fix touched is then a link or has another."""
    rules = [r for r in all_rules().values() if r.family == "timestamps"]
    for _ in range(8):
        note = parse_note(text, "note.md")
        vault = Vault([note])
        problems = [
            (rule.id, problem)
            for rule in rules
            for problem in rule.problems(
                note, Context(options=rule.options(), opened_vault=vault if rule.in_vault else None)
            )
        ]
        reported = {p.span for _, p in problems}
        fences = [c.span for c in (*unclosed_fences(note), fence_around_note(note)) if c is not None]
        for stamp in note.timestamps:
            assert stamp.place in (note.place_at(stamp.span.start), "link")
            if any(stamp.span.start in fence for fence in fences):
                continue  # unclosed-fence or fenced-note says why
            linked = stamp.form in ("link", "anchor") and stamp.video_id
            assert linked or stamp.span in reported, (note.quote(stamp.span), stamp)
        edits: list[Edit] = []
        for _id, problem in problems:
            if problem.fix and problem.fix.safe:
                new = [e.edit for e in problem.fix.edits()]
                assert new, problem
                if not any((a.start < b.end and b.start < a.end) or a == b for a in new for b in edits):
                    edits += new
        if not edits:
            return
        text = note.source.edited(edits).raw
    raise AssertionError("never quiet")


@pytest.mark.parametrize("shape", LINKABLE)
def test_every_stamp_is_accounted_for(shape):
    for around in AROUND:
        try:
            accounted(HEAD + around.replace("§", shape) + "\n")
        except AssertionError as error:
            error.add_note(f"in {around!r}")
            raise


@examples(150)
@given(
    st.lists(st.tuples(st.sampled_from(AROUND), st.sampled_from(LINKABLE)), min_size=1, max_size=8),
    st.sampled_from(["\n\n", "\n", " "]),
)
def test_every_stamp_of_mixed_notes_is_accounted_for(parts, between):
    accounted(HEAD + between.join(a.replace("§", s) for a, s in parts) + "\n")


# ---- between anchors and links --------------------------------------------------------------------------------------

CLOCKS = st.one_of(
    st.integers(0, 99 * 3600).map(write_clock),
    st.integers(0, 9 * 3600).map(lambda n: write_clock(n, "0:00:00")),
    st.integers(0, 3599).map(lambda n: write_clock(n, "00:00")),
)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(AROUND), st.one_of(CLOCKS.map(anchor), st.sampled_from(LINKABLE))), max_size=6),
    st.sampled_from(["markdown", "html", "media"]),
    st.sampled_from(["watch", "short", "https://m.youtube.com/watch?t={seconds}&v={id}"]),
)
def test_there_and_back_gives_the_same_bytes(parts, style, url):
    config = Config(stamp_style=style, url_style=url)
    text = HEAD + "\n\n".join(a.replace("§", s) for a, s in parts)
    note = parse_note(text)
    first = note.source.edited(to_anchors(note, config)).raw  # links of ours that were there before
    note = parse_note(first)
    links = parse_note(note.source.edited(to_links(note, config)).raw)
    back = links.source.edited(to_anchors(links, config)).raw
    assert back == first


def test_convert():
    text = HEAD + f"x {anchor('00:06:10')}, {anchor('6:10')}, {anchor('00:06:10', '6:10')} `{anchor('00:01:00')}`"
    note = parse_note(text)
    links = note.source.edited(to_links(note, Config())).raw
    assert links == text.replace(anchor("00:06:10"), f"[00:06:10]({url(370)})").replace(
        anchor("6:10"), f"[6:10]({url(370)})"
    )
    there = parse_note(links)
    assert there.source.edited(to_anchors(there, Config())).raw == text
    # a link that is not as we write it stays
    foreign = parse_note(HEAD + f"[6:10]({url(371)}) [6:10](https://youtu.be/{ID}?t=370s) [at 6:10]({url(370)})")
    assert to_anchors(foreign, Config()) == []
    assert to_links(parse_note("x " + anchor("00:06:10")), Config()) == []


# ---- time -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece",
    [
        "[00:00:03] ",
        "[00:00:03",
        "[[00:00:03]",
        "[00:00:03, ",
        "00:00:03, ",
        "<a ",
        '<a class="yt-timestamp" data-t="',
        '<a class="yt-timestamp" data-t="00:00:03">',
        '<a class="yt-timestamp" data-t="00:00:03">[',
        '[x](<a class="yt-timestamp" data-t="00:00:03">',
        "](<a data-t=",
        "<span data-",
        '<a a="b"',
        "![00:00:03]",
        anchor("00:00:03"),
    ],
)
class TestLong:
    @staticmethod
    def read(piece: str, length: int) -> None:
        text = piece * (length // len(piece))
        for stamp in read_timestamps(text, 0, (), (), ()):
            assert 0 <= stamp.span.start < stamp.span.end <= len(text)

    def test_they_are_read(self, piece):
        self.read(piece, 60_000)

    @pytest.mark.slow
    def test_time_grows_with_their_length(self, piece):
        assert growth(partial(self.read, piece), 50_000) < 2 * LINEAR
