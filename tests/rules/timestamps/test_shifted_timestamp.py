"""Minutes and seconds written as hours and minutes."""

from tests.tables import Row, table

HEAD = "---\ntitle: Openness\nvideoId: aBcD_-12-4w\n---\n\n"
WATCH = "https://www.youtube.com/watch?v=aBcD_-12-4w&t="


def anchor(clock: str, label: str | None = None) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}">[{clock if label is None else label}]</a>'


def anchors(*clocks: str) -> str:
    return " ".join(anchor(c) for c in clocks)


def marked(*clocks: str) -> str:
    return " ".join(f"«{anchor(c)}»" for c in clocks)


def mended_link(h: int, m: int) -> str:
    """One that is shifted, mended if it is beyond four hours."""
    if h < 4:
        return f"[{h:02}:{m:02}:00]({WATCH}{h * 3600 + m * 60}s)"
    return f"[00:{h:02}:{m:02}]({WATCH}{h * 60 + m}s)"


TOO_LONG = ((1, 0), (3, 18), (6, 26), (9, 50), (10, 30), (11, 30), (13, 0), (15, 0))

TRUE = (
    "00:01:11",
    "00:31:05",
    "01:02:03",
    "01:31:40",
    "02:10:09",
    "02:41:27",
    "03:10:33",
    "03:41:59",
    "04:05:04",
    "04:31:16",
    "04:58:47",
)

test_shifted_timestamp = table(
    "shifted-timestamp",
    Row(
        "a whole note",
        f"{HEAD}{marked('06:10:00', '10:50:00', '15:05:00')}",
        unsafe=f"{HEAD}{anchors('00:06:10', '00:10:50', '00:15:05')}",
        message="means 00:",
    ),
    Row(
        "ranges and lists, with all their clocks",
        f"{HEAD}{marked('06:10:00', '10:50:00', '15:05:00')} «[13:21:00-13:22:00]» "
        f"«{anchor('14:00:00', '14:00:00, 14:05:00')}» «{anchor('14:10:00', '14:10:00 to 14:12:30')}»",
        unsafe=f"{HEAD}{anchors('00:06:10', '00:10:50', '00:15:05')} [00:13:21-00:13:22] "
        f"{anchor('00:14:00', '00:14:00, 00:14:05')} {anchor('00:14:10', '00:14:10 to 00:14:12')}",
    ),
    Row(
        "a whole note, in which those below four hours are left",
        f"{HEAD}{marked('00:37:00', '01:09:00', '06:10:00', '10:50:00', '15:05:00')}",
        unsafe=f"{HEAD}{anchors('00:37:00', '01:09:00', '00:06:10', '00:10:50', '00:15:05')}",
    ),
    Row(
        "a mixed note, in which whole minutes may be well",
        f"{HEAD}{marked('00:37:00', '01:09:00', '06:10:00', '10:50:00', '15:05:00')} {anchors('00:12:43')}",
        unsafe=f"{HEAD}{anchors('00:37:00', '01:09:00', '00:06:10', '00:10:50', '00:15:05', '00:12:43')}",
    ),
    Row(
        "as many first fields below ten, which may have lost a digit",
        f"{HEAD}{marked('06:10:00', '08:50:00', '10:50:00', '15:05:00')}",
        message="or a digit may be lost",
    ),
    Row("below ten only", f"{HEAD}{marked('05:08:00', '06:10:00', '07:12:00')}", message="may mean 00:0"),
    Row(
        "a mixed note",
        f"{HEAD}{anchors('00:00:21', '01:12:43')} {marked('06:10:00', '10:50:00', '15:05:00')}",
        unsafe=f"{HEAD}{anchors('00:00:21', '01:12:43', '00:06:10', '00:10:50', '00:15:05')}",
    ),
    Row(
        "with frames",
        f"{HEAD}{marked('06:10:21', '14:50:03', '25:05:17')} {anchors('00:12:43')}",
        unsafe=f"{HEAD}{anchors('00:06:10', '00:14:50', '00:25:05')} {anchors('00:12:43')}",
    ),
    Row(
        "beside what is to be mended first",
        f"{HEAD}{anchor('01:03:28:00')} {marked('15:08:00', '16:10:00', '07:12:00')}",
        unsafe=f"{HEAD}{anchor('01:03:28:00')} {anchors('00:15:08', '00:16:10', '00:07:12')}",
    ),
    Row("bare ones", f"{HEAD}«[06:10:00]» «[10:50:00]» «[15:05:00]»", unsafe=f"{HEAD}[00:06:10] [00:10:50] [00:15:05]"),
    Row(
        "links already",
        f"{HEAD}«[06:10:00]({WATCH}22200s)» «[10:50:00]({WATCH}39000s)» «[15:05:00]({WATCH}54300s)»",
        unsafe=f"{HEAD}[00:06:10]({WATCH}370s) [00:10:50]({WATCH}650s) [00:15:05]({WATCH}905s)",
    ),
    Row(
        "in a link's place",
        f"{HEAD}«[06:10:00]({anchor('06:10:00')})» {marked('10:50:00', '15:05:00')}",
        unsafe=f"{HEAD}[00:06:10]({anchor('00:06:10')}) {anchors('00:10:50', '00:15:05')}",
    ),
    Row(
        "past twelve hours, alone",
        f"{HEAD}{anchors('00:12:43')} {marked('51:01:00')}",
        unsafe=f"{HEAD}{anchors('00:12:43', '00:51:01')}",
    ),
    Row("the label says it", f"{HEAD}«{anchor('10:50:00', '10:50')}»", unsafe=f"{HEAD}{anchor('00:10:50', '10:50')}"),
    Row(
        "the target says it",
        f"{HEAD}«{anchor('10:50:00', '00:10:50')}»",
        unsafe=f"{HEAD}{anchor('00:10:50')}",
        message="10:50:00 means 00:10:50",
    ),
    Row(
        "by the duration",
        f"---\nvideoId: aBcD_-12-4w\nduration: 45:00\n---\n\n{anchors('00:12:43')} {marked('12:21:28', '14:50:00')}",
        unsafe=f"---\nvideoId: aBcD_-12-4w\nduration: 45:00\n---\n\n{anchors('00:12:43', '00:12:21', '00:14:50')}",
        message="the video is not so long",
    ),
    Row(
        "seconds beyond the duration", f'---\nvideoId: aBcD_-12-4w\nduration: "1:13:00"\n---\n\n[1:13:20]({WATCH}4400)'
    ),
    Row(
        "chapters of eight hours, which a person linked",
        f"{HEAD}- [00:01:00]({WATCH}60) a\n- [02:18:00]({WATCH}8280) b\n- [05:26:30]({WATCH}19590) c\n- [08:05:30]({WATCH}29130) d\n",
    ),
    Row(
        "whole minutes of eight hours, which a person linked",
        f"{HEAD}[00:01:00]({WATCH}60s) [2:18:00](https://youtu.be/aBcD_-12-4w?t=8280) [05:26:00]({WATCH}19560s) [06:26:00]({WATCH}23160s) "
        f"{anchors('06:30:00')} [08:05:00]({WATCH}29100s)",
    ),
    Row(
        "linked, and not in order",
        f"{HEAD}[00:01:00]({WATCH}60s) «[08:05:00]({WATCH}29100s)» «[06:26:00]({WATCH}23160s)» «[05:26:00]({WATCH}19560s)»",
        message="may mean",
    ),
    Row(
        "linked, and out of reach",
        f"{HEAD}[00:01:00]({WATCH}60s) «[05:26:00]({WATCH}19560s)» «[06:26:00]({WATCH}23160s)» «[08:05:00]({WATCH}29100s)»",
    ),
    Row(
        "a short video's whole note, by its other notes",
        f"{HEAD}{marked('01:10:00', '02:15:00', '03:05:00', '03:30:00')}",
        message="may mean 00:0",
        notes={"b.md": f"{HEAD}{anchors('00:00:21', '00:01:13', '00:02:16', '00:03:01', '00:03:41')}"},
    ),
    Row(
        "whole minutes of a long video",
        f"{HEAD}{anchors('00:10:00', '01:15:00', '02:05:00', '03:30:00')}",
        notes={"b.md": f"{HEAD}{anchors(*TRUE)}"},
    ),
    Row(
        "one of its kind",
        f"{HEAD}{anchors('00:12:43', '01:10:11', '02:01:22')} {marked('05:20:00')}",
        message="may mean 00:05:20",
    ),
    Row(
        "in a heading",
        f"{HEAD}## x «{anchor('06:10:00')}»\n\n«{anchor('10:50:00')}» «[15:05:00]»",
        unsafe=f"{HEAD}## x {anchor('00:06:10')}\n\n{anchor('00:10:50')} [00:15:05]",
    ),
    Row(
        "beyond four hours, in a heading",
        f"{HEAD}## x «{anchor('14:54:00')}»\n\n{marked('06:10:00', '10:50:00', '15:05:00')}",
        unsafe=f"{HEAD}## x {anchor('00:14:54')}\n\n{anchors('00:06:10', '00:10:50', '00:15:05')}",
    ),
    Row(
        "where no link works",
        f"{HEAD}{marked('06:10:00', '10:50:00', '15:05:00')} [[n|at «[14:54:00]»]] [at «[14:55:00]»](n.md) %% «[14:56:00]» %% $«[14:57:00]»$",
        unsafe=f"{HEAD}{anchors('00:06:10', '00:10:50', '00:15:05')} [[n|at [00:14:54]]] [at [00:14:55]](n.md) %% [00:14:56] %% $[00:14:57]$",
        notes={"n.md": ""},
    ),
    Row("in code", f"{HEAD}`{anchor('06:10:00')}`"),
    Row(
        "beside one in code",
        f"{HEAD}{marked('06:10:00', '10:50:00', '15:05:00')} `[14:54:00]`",
        message="it is mended with all others of its kind, and 14:54:00 in line 6 stands in code: mend that first",
        containers=False,
    ),
    Row(
        "beside one that is shifted once it is well-formed",
        f"{HEAD}{marked('06:10:00', '10:50:00', '15:05:00')} {anchor('14:54:0', '')}",
        message="in line 6 is malformed: mend that first",
        containers=False,
    ),
    Row(
        "where a link leads",
        f"{HEAD}{marked('06:10:00', '10:50:00', '15:05:00')} [[n «[14:54:00]»|x]]",
        unsafe=f"{HEAD}{anchors('00:06:10', '00:10:50', '00:15:05')} [[n [14:54:00]|x]]",
        notes={"n [14:54:00].md": ""},
    ),
    Row(
        "links in order that go on beyond what any video has are judged as one",
        HEAD + " ".join(f"«[{h:02}:{m:02}:00]({WATCH}{h * 3600 + m * 60}s)»" for h, m in TOO_LONG),
        unsafe=HEAD + " ".join(mended_link(h, m) for h, m in TOO_LONG),
    ),
    Row("a true five-hour video", f"{HEAD}{anchors(*TRUE)}"),
    Row(
        "a part of a true five-hour video",
        f"{HEAD}{anchors('04:10:33', '04:31:16', '04:58:47')}",
        notes={"b.md": f"{HEAD}{anchors(*TRUE)}"},
    ),
    Row(
        "whole minutes late in a true five-hour video",
        f"{HEAD}{anchors('04:10:00', '04:20:00', '04:30:00')}",
        notes={"b.md": f"{HEAD}{anchors(*TRUE)}"},
    ),
    Row("a whole hour in a true five-hour video", f"{HEAD}{anchors(*TRUE, '04:10:00', '04:20:00', '04:30:00')}"),
    Row(
        "five hours by the duration",
        f"---\nvideoId: aBcD_-12-4w\nduration: PT5H20M\n---\n\n{anchors('00:12:43', '05:10:00', '05:12:00', '05:15:00')}",
    ),
    Row("below four hours", f"{HEAD}{anchors('00:10:00', '01:20:00', '03:30:00', '00:12:43')}"),
    Row("no natural stamps, no other notes", f"{HEAD}{anchors('00:10:00', '01:20:00', '02:30:00', '03:30:00')}"),
)
