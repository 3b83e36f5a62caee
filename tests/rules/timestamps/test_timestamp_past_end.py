"""Stamps behind the end."""

from pathlib import Path

from tests.cli.running import called, put
from tests.rules.timestamps.talk import OTHER, SAID, claims, right, spoken, without_a_part
from tests.tables import Row, table

HEAD = "---\ntitle: Openness\nvideoId: aBcD_-12-4w\n---\n\n"
WATCH = "https://www.youtube.com/watch?v=aBcD_-12-4w&t="


def anchor(clock: str, label: str | None = None) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}">[{clock if label is None else label}]</a>'


CAPTIONS = {"Talk [aBcD_-12-4w].en.vtt": "WEBVTT\n\n00:44:00.000 --> 00:45:00.000\nGood night.\n"}
TURNS = "".join(f"Anna ({at // 60}:{at % 60:02}):\n{'word ' * 40}\n\n" for at in range(0, 600, 20))
LINK = f"[00:56:10]({WATCH}3370s)"
ALL = right(*range(1, 20))
HALF = spoken(SAID[:10])  # they end at 24 minutes
LATE = {9: "00:58:00"}
AN_HOUR_LATE = {2: "01:05:00", 3: "01:07:30", 4: "01:10:00", 5: "01:12:30"}
TO_THE_MINUTE = {at: f"00:{2.5 * at // 1:02.0f}:00" for at in range(1, 20)}
FOREIGN = spoken(OTHER[:8], slope=2.0)

test_timestamp_past_end = table(
    "timestamp-past-end",
    Row(
        "by the duration",
        f"---\nvideoId: aBcD_-12-4w\nduration: 45:00\n---\n\nx «{anchor('00:56:10')}»",
        message="end of the video at 00:45:00",
    ),
    Row(
        "by the duration in seconds",
        f"---\nvideoId: aBcD_-12-4w\nduration: 60\n---\n\nx {anchor('00:00:59')} «[00:06:10]»",
    ),
    Row(
        "far beyond the others",
        f"{HEAD}{anchor('00:12:43')} {anchor('01:10:11')} {anchor('02:01:22')} «{anchor('05:06:09')}»",
        message="every other stamp",
    ),
    Row(
        "far beyond the other notes",
        f"{HEAD}{anchor('00:12:43')} «{anchor('05:06:09')}»",
        notes={"b.md": f"{HEAD}{anchor('01:10:11')} {anchor('02:01:22')}"},
    ),
    Row(
        "by captions in which a part of the video is missing",
        claims(right(*range(1, 9), 12, 13, 16, 19, 23)),
        captions=without_a_part(300, 10),
    ),
    Row(
        "by captions",
        f"{HEAD}x {anchor('00:45:10')} «{anchor('00:45:11')}» «[00:56:10]» «{LINK}»",
        captions=CAPTIONS,
        message="of the video at 00:45:00: Talk [aBcD_-12-4w].en.vtt ends there",
    ),
    Row(
        "by a table of durations",
        f"{HEAD}x {anchor('00:45:00')} «{anchor('00:45:02')}»",
        durations={"aBcD_-12-4w": 2700.0},
        message="durations.csv says so",
    ),
    Row(
        "what a publisher says comes before what is said last",
        f"{HEAD}x {anchor('00:56:10')}",
        captions=CAPTIONS | {"Talk [aBcD_-12-4w].info.json": '{"duration": 3600}'},
    ),
    Row(
        "by the duration of another note",
        f"{HEAD}x {anchor('00:45:00')} «{anchor('00:56:10')}»",
        notes={"b.md": HEAD.replace("title", "duration: 45:00\ntitle")},
        message="the properties of b.md say so",
    ),
    Row(
        "other notes that do not agree prove nothing",
        f"{HEAD}x {anchor('00:56:10')}",
        notes={f"{n}.md": HEAD.replace("title", f"duration: {n}:00\ntitle") for n in (45, 48)},
    ),
    Row(
        "the note's own duration comes first",
        f"---\nvideoId: aBcD_-12-4w\nduration: 1:00:00\n---\n\nx {anchor('00:56:10')}",
        captions=CAPTIONS,
    ),
    Row(
        "by a note that holds a transcript",
        f"{HEAD}x {anchor('00:10:00')} «{anchor('00:56:10')}»",
        notes={"b.md": f"{HEAD}## Transcript\n\n{TURNS}"},
        message="b.md ends there",
    ),
    Row(
        "each stamp by the video that it is of",
        f"{HEAD}«{LINK}» {LINK.replace('aBcD_-12-4w', 'n3Vq8ZtKp0A')}",
        captions=CAPTIONS,
    ),
    Row(
        "captions of another video",
        f"{HEAD}x {anchor('00:56:10')}",
        captions={"[n3Vq8ZtKp0A].vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nx.\n"},
    ),
    Row("in code, by captions", f"{HEAD}`{anchor('00:56:10')}`", captions=CAPTIONS),
    Row(
        "the later end of captions counts",
        f"{HEAD}{anchor('00:56:10')}",
        captions=CAPTIONS | {"[aBcD_-12-4w].de.srt": "1\n00:56:00,000 --> 00:56:09,000\nx\n"},
    ),
    Row("at the end", f"---\nvideoId: aBcD_-12-4w\nduration: 1:00\n---\n\nx {anchor('00:01:00')}"),
    Row("shifted", f"---\nvideoId: aBcD_-12-4w\nduration: 45:00\n---\n\nx {anchor('12:21:28')}"),
    Row("below four hours", f"---\nvideoId: aBcD_-12-4w\nduration: 45:00\n---\n\nx «{anchor('02:21:28')}»"),
    Row(
        "a few seconds beyond, as a person linked it",
        f'---\nvideoId: aBcD_-12-4w\nduration: "1:13:00"\n---\n\n«[1:13:20]({WATCH}4400)»',
        message="1:13:20 lies beyond the end of the video at 01:13:00",
    ),
    Row(
        "chapters of eight hours, which a person linked",
        f"{HEAD}- [00:01:00]({WATCH}60) a\n- [02:18:00]({WATCH}8280) b\n- [05:26:30]({WATCH}19590) c\n- [08:05:30]({WATCH}29130) d\n",
    ),
    Row("a long video", f"---\nvideoId: aBcD_-12-4w\nduration: 6:00:00\n---\n\nx {anchor('05:06:09')}"),
    Row("within reach", f"{HEAD}" + " ".join(anchor(f"0{h}:{m}:1{h}") for h in range(5) for m in ("12", "31", "54"))),
    Row("no duration", f"{HEAD}x {anchor('00:56:10')}"),
    Row("a duration that is none", f"---\nvideoId: aBcD_-12-4w\nduration: long\n---\n\nx {anchor('00:56:10')}"),
    Row("in code", f"---\nvideoId: aBcD_-12-4w\nduration: 45:00\n---\n\n`{anchor('00:56:10')}`"),
    # captions that were cut short
    Row("captions that end before their video, whose stamps go on", claims(ALL), captions=HALF),
    Row("of which nine stamps are known", claims(right(2, 4, 6, 8, 11, 13, 15, 17, 19)), captions=HALF),
    Row("of which there is but the opening", claims(ALL), captions=spoken(SAID[:1])),
    Row("of which the stamps are written to the minute", claims(TO_THE_MINUTE), captions=HALF),
    Row(
        "whose stamps go on in another note",
        claims(right(1, 2, 3, 12)),
        captions=HALF,
        notes={"b.md": claims(right(*range(1, 12))), "c.md": claims(right(*range(6, 20)))},
    ),
    Row(
        "whose stamps go on in other notes, of which there are many",
        claims(right(1, 2, 3, 12)),
        captions=HALF,
        notes={f"a{n}.md": claims(right(*range(1, 20))) for n in range(9)},
    ),
    Row("in another language", claims(ALL), captions=spoken(tuple(f"wort{i} satz{i} rede{i}" for i in range(10)))),
    Row(
        "a transcript in the vault that was cut short",
        claims(ALL),
        notes={
            "b.md": HEAD
            + "".join(f"**{m}:{s:02}** · {SAID[at]}\n\n" for at in range(10) for m, s in [divmod(at * 150, 60)])
        },
    ),
    Row(
        "and one far behind all others",
        claims(ALL | {9: "12:30:00"}, marked=(9,)),
        captions=HALF,
        message="12:30:00 lies far behind every other stamp of the video: Talk [aBcD_-12-4w].en.vtt ends at 00:24:39, and the",
    ),
    Row(
        "stamps that go on behind the end, but are said before it",
        claims(right(*range(8, 24)) | AN_HOUR_LATE, marked=tuple(AN_HOUR_LATE)),
        fixed=claims(right(*range(8, 24)) | right(*AN_HOUR_LATE)),
        captions=spoken(),
    ),
    Row(
        "stamps that jump, of which nothing is said",
        claims(right(*range(1, 10)))
        + "".join(f"\nThen «{anchor(clock)}».\n" for clock in ("02:10:00", "03:11:00", "04:12:00")),
        captions=HALF,
        message="lies beyond the end of the video at 00:24:39",
    ),
    Row("captions that are foreign prove no end", claims(right(*range(1, 12)) | {12: "01:20:00"}), captions=FOREIGN),
    Row("nor do those of another cut", claims(right(*range(1, 24))), captions=spoken(shift=100, slope=0.9)),
    # a length that captions contradict
    Row(
        "a table that says less than is heard",
        claims(right(*range(1, 20))),
        captions=spoken(),
        durations={"aBcD_-12-4w": 1800},
    ),
    Row(
        "a property that does",
        claims(right(*range(1, 20))).replace("title", "duration: 30:00\ntitle"),
        captions=spoken(),
    ),
    Row(
        "the property of another note",
        claims(right(*range(1, 20))),
        captions=spoken(),
        notes={"b.md": HEAD.replace("title", "duration: 30:00\ntitle")},
    ),
    Row(
        "and a stamp whose text is said elsewhere",
        claims(right(*range(1, 9)) | LATE, marked=(9,)),
        unsafe=claims(right(*range(1, 10))),
        captions=spoken(),
        durations={"aBcD_-12-4w": 1800},
        message="durations.csv says so",
    ),
    Row(
        "where the captions are foreign it is believed",
        claims(right(*range(1, 15)), marked=(13, 14)),
        captions=FOREIGN,
        durations={"aBcD_-12-4w": 1800},
    ),
)


def test_a_stamp_that_is_mended_is_none_to_mend_by_hand(tmp_path: Path) -> None:
    """Two rules speak of it, and both name its fix, with the confidence that the settings ask for."""
    for name, text in spoken().items():
        put(tmp_path, f"captions/{name}", text)
    wrong, mended = (claims(right(1, 2, 3, 4) | clocks) for clocks in ({5: "01:30:00"}, right(5)))
    put(tmp_path, "vault/a.md", wrong)
    rules = "timestamp-past-end,misplaced-timestamp"
    call = ("lint", "--select", rules, "--captions", "../captions")
    ran = called(*call, cwd=tmp_path / "vault")
    assert "by hand" not in ran.out
    assert ran.out.count("by --fix") == 2
    put(tmp_path, "vault/ytvault.toml", "[rules.misplaced-timestamp]\nmin-confidence = 1.0\n")
    assert called(*call, cwd=tmp_path / "vault").out.count("by hand") == 2
    (tmp_path / "vault/ytvault.toml").unlink()
    assert called(*call, "--fix", cwd=tmp_path / "vault").status == 0
    assert (tmp_path / "vault/a.md").read_text() == mended
