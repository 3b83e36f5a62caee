"""Stamps behind the end."""

from tests.tables import Row, table

HEAD = "---\ntitle: Openness\nvideoId: aBcD_-12-4w\n---\n\n"
WATCH = "https://www.youtube.com/watch?v=aBcD_-12-4w&t="


def anchor(clock: str, label: str | None = None) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}">[{clock if label is None else label}]</a>'


CAPTIONS = {"Talk [aBcD_-12-4w].en.vtt": "WEBVTT\n\n00:44:00.000 --> 00:45:00.000\nGood night.\n"}
TURNS = "".join(f"Anna ({at // 60}:{at % 60:02}):\n{'word ' * 40}\n\n" for at in range(0, 600, 20))
LINK = f"[00:56:10]({WATCH}3370s)"

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
)
