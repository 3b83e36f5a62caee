"""The notations of stamps that are no links yet, and the clocks that are no stamps."""

from __future__ import annotations

import re
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.parse.timestamps.notations import NOTATIONS
from processor.vault.note import parse_note
from tests.growth import LINEAR, growth
from tests.tables import Row, problems_of, table

HEAD = "---\ntitle: Openness\nvideoId: aBcD_-12-4w\n---\n\n"
WATCH = "https://www.youtube.com/watch?v=aBcD_-12-4w&t="
SHORT = HEAD.replace("title", "duration: 200\ntitle")


def linked(marked: str) -> str:
    """The text with each clock between « and » as a link; what stands in « » with square brackets has these for its own."""

    def link(m: re.Match[str]) -> str:
        shown = m[1].removeprefix("[").removesuffix("]")
        second = 0
        for field in re.split("[:：]", re.split("[^0-9:：.,]", shown.removeprefix("~"))[0].split(",")[0].split(".")[0]):
            second = second * 60 + int(field)
        return f"[{shown}]({WATCH}{second}s)"

    return re.sub("«([^»]*)»", link, marked)


def safe(name: str, body: str, head: str = HEAD, **more: object) -> Row:
    return Row(name, head + body, head + linked(body), **more)  # type: ignore[arg-type]


def unsafe(name: str, body: str, head: str = HEAD, **more: object) -> Row:
    return Row(name, head + body, unsafe=head + linked(body), **more)  # type: ignore[arg-type]


def left(name: str, body: str, head: str = HEAD) -> Row:
    return Row(name, head + body)


STAMPS = (
    safe("web clipper", "**«0:05»** · Weights.\n\n**«0:15»** · Data.\n\n**«1:02:05»** · Code.\n"),
    safe(
        "web clipper, chapter by chapter",
        "### a\n\n**«0:05»** · x\n\n### b\n\n**«0:15»** · y\n\n### c\n\n**«0:25»** · z\n",
        containers=False,
    ),
    safe("a bold clock of three fields", "**«00:09:30»** weights\n"),
    unsafe("a bold clock of two fields, alone", "**«9:30»** weights\n"),
    safe("a name and a clock in brackets", "Ada (00:12:34):\nWeights.\n".replace("00:12:34", "«00:12:34»")),
    safe("a clock in brackets alone", "(«00:12:36»):\nWeights.\n"),
    safe("a clock in brackets, and nothing else", "(«00:12:36»)\nWeights.\n"),
    safe("a bold name", "**Ada** («1:24:10») - Weights.\n\n**Bo («1:25:10») -** Data.\n"),
    unsafe("a bold name, two fields", "**Ada** («48:47») - Weights.\n"),
    safe("a name, a colon, a clock", "Ada: «00:19:41»\nx\n\nBo: «00:20:41»\ny\n\nAda: «00:21:00»\nz\n"),
    safe("a bold name, a colon, a clock", "**Ada:** «00:19:41»\n\n**Bo:** «00:20:41»\n\n**Ada:** «00:21:00»\n"),
    safe("a name before a clock", "Ada «51:07»\nx\n\nBo «52:09»\ny\n\nAda «1:02:00»\nz\n"),
    safe("a bold name with a clock", "**Ada «06:02»**\n\n**Bo «06:12»**\n\n**Ada «06:21»**\n"),
    safe("a name in Chinese", "主持人：«00:19:41»\n\n嘉宾：«00:20:41»\n\n主持人：«00:21:00»\n"),
    safe("clocks on lines of their own", "«00:05»\nx\n\n«00:09»\ny\n\n«00:21»\n"),
    safe("chapters", "«0:00» Intro\n«1:30» Weights\n«12:00» Data\n"),
    safe("chapters in a list", "- «0:00» Intro\n- «1:30» Weights\n- «12:00» Data\n"),
    safe("chapters with a dash", "«0:51» - Intro\n«9:03» – Weights\n«1:12:00» — Data\n"),
    safe("chapters in a list, with a dash", "- «36:49» - Intro\n- «36:59» - Weights\n- «1:12:00» - Data\n"),
    safe("chapters, numbered", "1. «0:00» Intro\n2. «1:30» Weights\n3. «12:00» Data\n"),
    safe("chapters behind a sign", "⏱ «06:11» Intro\n⏱ «07:13» Weights\n⏱ «12:00» Data\n"),
    safe("chapters in brackets", "- («0:00») Intro\n- («1:30») Weights\n- («12:00») Data\n"),
    safe("chapters in Japanese", "«0:00»はじめに\n«1:30» 重み\n«12:00»データ\n"),
    safe("chapters with a range", "«0:00–1:30» Intro\n«1:30–12:00» Weights\n«12:00–15:10» Data\n"),
    safe("chapters in tasks", "- [ ] «0:00» Intro\n- [x] «1:30» Weights\n- [ ] «12:00» Data\n"),
    safe("chapters as headings", "### «00:54:45» — a\n\nx\n\n### «00:55:45» — b\n\n### «00:56:45» — c\n"),
    safe(
        "chapters as bold headings", "### **«00:54:45» — a**\n\nx\n\n### **«00:55:45» — b**\n\n### **«00:56:45» — c**\n"
    ),
    safe("chapters as headings with brackets", "### («33:48») a\n\nx\n\n### («34:48») b\n\n### («1:34:49») c\n"),
    safe("headings that end in a clock", "## a («0:48»)\n\nx\n\n## b («34:48»)\n\n## c («1:34:49»)\n"),
    safe("brackets at the beginning of lines", "«[12:34]» text\n«[12:36]» text\n«[13:38]» text\n"),
    safe("brackets at the end of lines", "x «[12:34]».\n\ny «[12:36]».\n\nz «[13:38]».\n"),
    safe("words before a clock", "x [inaudible «00:44:48»] and [crosstalk «00:01:02»] y\n"),
    unsafe("words before a clock of two fields", "x [inaudible «44:48»] y\n"),
    Row(
        "lists with other signs",
        f"{HEAD}[«00:02:14» | «00:05:49» · «00:06:06»] [«00:02:14»; «00:05:49» and «00:06:06»] [«00:02:14-00:03:14», «00:05:49-00:06:06»]\n",
        HEAD
        + linked(
            "«00:02:14» | «00:05:49» · «00:06:06» «00:02:14»; «00:05:49» and «00:06:06» «00:02:14-00:03:14», «00:05:49-00:06:06»\n"
        ),
    ),
    Row("a stray full stop", f"{HEAD}x «[00:02:14.]» y\n", f"{HEAD}x [00:02:14.]({WATCH}134s) y\n"),
    safe("a range in parentheses", "x («00:32:31-00:32:43») y («00:01:00», «00:02:00»)\n"),
    unsafe("a range of two fields", "As he says («00:10-00:39») there.\n"),
    safe("wide brackets", "权重【«01:06:10»】。\n"),
    unsafe("wide brackets of two fields, and round ones", "权重【«06:10»】和（«01:22:16»）\n"),
    safe("wide colons in a column", "".join(f"- 权重（«01：2{i}：16»）\n" for i in range(5))),
    safe("a fraction", "«[00:06:10.250]» x\n"),
    safe("subtitles in brackets", "[«00:06:10.250» --> 00:06:14.000] x\n"),
    safe("subtitles", "1\n«00:00:01,000» --> 00:00:04,000\nWeights.\n\n2\n«00:00:05,000» --> 00:00:08,000\nData.\n"),
    safe("subtitles for the web", "«00:01.000» --> 00:04.000\nWeights.\n"),
    safe("chapters that end in a clock", "- Intro («0:00»)\n- Weights («1:30»)\n- Data («12:00»)\n"),
    safe("chapters that end in a bare clock", "Intro – «0:00»\nWeights – «1:30»\nData – «12:00»\n"),
    safe(
        "a name and a clock in brackets, then what is said",
        "Ada («00:12:34»): x\nBo («00:13:34»): y\nAda («00:14:34»): z\n",
    ),
    safe("brackets beside a column of two fields", "«0:00» a\n«1:30» b\n«12:00» c\n\nx «[3:16]» y\n"),
    unsafe("a quote and its clock", "> He says so — «00:12:30»\n"),
    unsafe("one such line", "Ada («00:12:34»): x\n"),
    safe("a name in Chinese, a clock, then what is said", "甲（«00:01»）：x\n乙（«00:15»）：y\n甲（«00:21»）：z\n"),
    safe("brackets with blanks", "Ada ( «0:01» ):\nx\n\nBo ( «0:15» ):\ny\n\nAda ( «0:21» ):\nz\n"),
    safe(
        "speakers over several sections",
        "## a\n\nAda: «00:19:41»\n\n## b\n\nBo: «00:20:41»\n\n## c\n\nAda: «00:21:00»\n",
        containers=False,
    ),
    safe(
        "brackets over several sections",
        "## a\n\n«[0:41]» x\n\n## b\n\n«[1:41]» y\n\n## c\n\n«[2:00]» z\n",
        containers=False,
    ),
    safe("chapters in a table", "| Time | Topic |\n| --- | --- |\n| «0:00» | a |\n| «1:30» | b |\n| «12:00» | c |\n"),
    safe(
        "chapters in a table's last column",
        "| Topic | Time |\n| --- | --- |\n| a | «0:00–1:30» |\n| b | «1:30–2:00» |\n| c | «2:00–3:00» |\n",
    ),
    safe("two lists that begin at 0:00", "«0:00» a\n«1:30» b\n«12:00» c\n\nx\n\n«0:00» d\n«1:31» e\n«12:01» f\n"),
    safe("chapters in tasks of any state", "- [-] «0:00» Intro\n- [>] «1:30» Weights\n- [/] «12:00» Data\n"),
    safe(
        "ends, starts and last things before brackets",
        "- At the start («0:00»)\n- The last time («1:30»)\n- It ends («12:00»)\n- Spielzeit («12:40»)\n",
    ),
    Row(
        "lists at the end of lines",
        f"{HEAD}- x «[0:15]»\n- y [«1:12», «3:40»]\n- z «[9:10]»\n",
        HEAD + linked("- x «0:15»\n- y «1:12», «3:40»\n- z «9:10»\n"),
    ),
    safe("chapters, numbered in Chinese", "1、«00:00» 开场\n2、«01:20» 权重\n3、«12:33» 结束\n"),
    safe("chapters in HTML", "«0:00» <b>Intro</b>\n«1:30» <mark>Weights</mark>\n«12:00» <u>Data</u>\n"),
    safe("full-width colons in brackets", "«[00：12：34]» x\n"),
    unsafe("full-width colons, two fields", "«[12：34]» x\n"),
    *[
        Row(
            f"a list with {word}",
            f"{HEAD}x [«00:02:14»{word}«00:05:49»] («00:02:14»{word}«00:05:49») y\n",
            f"{HEAD}{linked(f'x «00:02:14»{word}«00:05:49» («00:02:14»{word}«00:05:49») y')}\n",
        )
        for word in (" und ", " et ", " y ", " e ", " и ", "、", "，", "和", " 및 ")
    ],
    *[
        safe(f"a range with {word}", f"x «[00:02:14{word}00:05:49]» («00:02:14{word}00:05:49») y\n")
        for word in (" bis ", " à ", " a ", " hasta ", " до ", "～", "~", "から", "至", " until ")
    ],
    *[unsafe(f"a range of two fields in square brackets, {x}", f"x «[{x}]» y\n") for x in ("2:14-5:49", "3:16–4:10")],
    safe("ranges of two fields in a column", "«[0:00-1:30]» x\n«[1:30-2:40]» y\n«[2:40-3:31]» z\n"),
    unsafe("a range of hours", "x («00:09:00-02:18:00») y\n"),
    unsafe("in tags", "x <start>«00:22:38»<end> y\n"),
    Row("an empty link", f"{HEAD}x «[06:10]»() y\n", f"{HEAD}x [06:10]({WATCH}370s) y\n"),
    Row("a link to nowhere", f"{HEAD}x «[06:10](#)» y\n", f"{HEAD}x [06:10]({WATCH}370s) y\n"),
    unsafe(
        "a column in a note whose video is only mentioned",
        "«0:00» Intro\n«1:30» Weights\n«12:00» Data\n\nAs in [it](https://youtu.be/aBcD_-12-4w) he says.\n",
        head="",
    ),
    safe(
        "a transcript beyond the duration",
        "\n\n".join(f"Ada («00:0{m}:3{s}»):" for m in range(2, 6) for s in range(3)) + "\n",
        head=SHORT,
    ),
)

TRAPS = (
    left("the lengths of other videos", "".join(f"- 5:3{i} T — https://youtu.be/{i}123456789A\n" for i in range(4))),
    left("a table", "| 15:50 | 247 views |\n| --- | --- |\n| 16:50 | 2 |\n| 17:51 | 3 |\n"),
    left("lengths", "Duration: 00:10:40\n\nA talk · 6:02\n\n時長：30:26\n\nLänge: 00:03:20\nLänge: 00:04:20\n"),
    left("a list of songs", "- One 3:45\n- Two 4:02\n- Three 5:31\n"),
    left("a list of songs in brackets", "- One (3:45)\n- Two (4:02)\n- Three (5:31)\n"),
    left("minutes of a meeting", "09:02 Ada came\n09:17 Bo came\n10:41 all left\n"),
    left("a score", "21:15\n22:20\n23:23\n"),
    left("lengths under bold names", "- **Length:** 01:02:30\n- **Runtime**: 01:02:31\n- **Total:** 01:02:32\n"),
    left("lengths in one word of German", "Gesamtdauer: 00:10:40\nVideolänge (00:10:41)\nEndzeit 00:10:42\nDauer (00:10:43)\n"),
    left("three clocks are no three lines", "x (0:10) y (1:20) z (2:30)\n"),
    left("a length behind a dash, behind a sign", "Video length – 01:02:30\n\n⏱ 1:02:31\n\nFazit: 01:02:32\n"),
    left("the same time on each line", "⏳ 1:02:30\n⌛ 1:02:30\n⏳ 1:02:30\n"),
    left("a table of lengths", "| a | 3:45 |\n| --- | --- |\n| b | 4:02 |\n| c | 5:31 |\n| d | 5:32 |\n"),
    left("a table that goes back", "| 0:00 | a |\n| --- | --- |\n| 4:02 | b |\n| 3:31 | c |\n| 5:32 | d |\n"),
    left("lines of a chat behind brackets", "[17:41] <ada> x\n[17:42:10] <bo> y\n[17:43] <ada> z\n"),
    left("lines of a chat below names", "Ada L  10:13\nx\n\nBo  10:14\ny\n\nAda L  10:19\nz\n"),
    left("an evening", "- 21:03 began\n- 21:17 ate\n- 21:44 went on\n- 22:01 slept\n- 22:13 woke\n"),
    left("verses behind names", "[John 3:16] x [Röm 4:28]\n\n[John 5:17] y\n\n[Gen 7:18]\n"),
    left("coordinates", "RA and Dec (05:34:31.94, 22:00:52)\n"),
    left("minutes", "- 5:31 min run\n- 6:32 min run\n- 7:33 min run\n"),
    left("times of day", "At 9:30 am, around 10:15, до 11:30, 오전 9:30, um 12:30 Uhr, 12:31 UTC, (10:00 PM).\n"),
    left("times of day in a column", "3:01 PM on a Monday\n3:12 PM on a Monday\n3:23 PM on a Monday\n"),
    left("a day", "- 09:00 got up\n- 10:31 watched\n- 12:15 wrote\n"),
    left("dates", "2024-01-02 10:21 x\n2024-01-03 10:32 x\n2024-01-04 10:43 x\n"),
    left("a chat", "10:13:41 From Ada to Everyone: x\n10:14:41 From Bo to Everyone: y\n10:15:42 From Ada to Everyone: z\n"),
    left("another chat", "17:41 <ada> x\n17:42 <bo> y\n17:43 <ada> z\n"),
    left("no clocks", '20:40:60, case 12:345, 9:16, a/0:05, v1.2:30, --download-sections "*3:00-3:55"\n'),
    left("prose", "He was up at 2:01 and then 12:34 came, 1 of 00:12:34 in all.\n"),
    left("lines of two only", "0:00 Intro\n1:30 Weights\n"),
    left("times that go back", "12:01 a\n3:02 b\n7:03 c\n1:04 d\n"),
    left("code", "```\n0:00 a\n0:01 b\n0:02 c\n```\n\nx `10:20` y\n"),
    left("a template", "0:00 {{title}}\n0:01 {{title}}\n0:02 {{title}}\n\n0:05 <% tp.x %>\n"),
    left("fields of a form", "Start: 00:10:01\nEnd: 00:20:02\nStart: 00:30:03\n"),
    left("meals", "Breakfast 8:00\nLunch 12:00\nBreakfast 18:00\n"),
    left("a column beyond the end", "0:51 - a\n9:03 – b\n10:01 - c\n", head=SHORT),
    left("no video", "**0:05** · x\n\n0:00 Intro\n1:30 Weights\n12:00 Data\n\nAda (00:12:34):\n\n### 12:29 Built\n", head="---\ntitle: T\n---\n\n"),
    left("a catalog", "".join(f"- [5:3{i}] T — https://youtu.be/{i}123456789A\n" for i in range(4)), head=""),
    left("in an URL, a link, a comment", "https://a.example/0:05/x [x 00:00:05](https://a.example) <!-- (00:00:05): -->\n"),
)  # fmt: skip

test_stamps_in_all_notations = table("unlinked-timestamp", *STAMPS)
test_clocks_that_are_no_stamps = table("unlinked-timestamp", *TRAPS)


def test_each_notation_is_in_the_table() -> None:
    found = {t.notation for row in STAMPS for t in parse_note(row.text.replace("«", "").replace("»", "")).timestamps}
    assert found >= {notation.name for notation in NOTATIONS}


LINES = st.sampled_from((
    "**0:05** · x", "Ada (00:00:07):", "(00:00:08):", "0:09 Intro", "- 0:10 Intro", "### 0:11 — x", "### y (0:12)", "[0:13] x", "x [a 00:00:14] y",
    "x (0:15–0:16)", "Ada: 0:17", "Bo 0:18", "0:19", "00:00:20,000 --> 00:00:21,000", "`[00:22]`", "【0:23】 x", "x （00:00:24）", "<start>0:25<end>",
    "[00:00:26 | 00:00:27]", "12:30 pm", "", "x", "> 0:28 y", "| 0:29 | x |", "```", "## z", "[[0:30]] [0:31](#) [0:32]()",
    "Ada (0:33): x", "[0:34 und 0:35]", "[00:00:36] <a> x", "1、0:37 x", "**Ada 0:38**", "| x | y |\n|---|---|\n| 0:00 | a |\n| 0:39 | b |\n| 0:40 | c |",
))  # fmt: skip
NOTES = st.lists(LINES, max_size=14).map("\n".join)


def edits(text: str) -> list[tuple[str, str]]:
    """What the fixes put in the place of what."""
    found = []
    for rule in ("unlinked-timestamp", "timestamp-in-code"):
        note, problems = problems_of(rule, text.encode(), Row("", text))
        for problem in problems:
            for _, edit in problem.fix.edits() if problem.fix else ():
                found.append((note.text[edit.start : edit.end], edit.text))
    return found


@settings(deadline=None)
@given(NOTES)
def test_without_a_video_there_is_no_fix(text: str) -> None:
    assert edits(f"---\ntitle: T\n---\n\n{text}") == []


@settings(deadline=None)
@given(NOTES)
def test_nothing_changes_but_clocks_and_their_brackets(text: str) -> None:
    for old, new in edits(HEAD + text):
        assert re.fullmatch(r"[\[\]`()#]*(?:[0-9:.,–-]+)?[\[\]`()#]*", old), (old, new)
        shown = re.sub(r"\(?https[^()]*\)?|[\[\]\\]", "", new)
        assert shown == "".join(re.findall(r"[0-9:.,–-]", old)), (old, new)


@pytest.mark.parametrize(
    "piece",
    [
        "**0:05** · x ", "Ada (00:12:34): ", "(00:12:36): ", "0:05 Intro ", "[inaudible 00:44:48] ", "[00:02:14 | 00:05:49] ", "(00:32:31-00:32:43) ",
        "【06:10】", "（01:22:16）", "[00:06:10.250 --> 00:06:14.000] ", "00:00:01,000 --> 00:00:04,000 ", "`[05:37]` ", "<start>00:22:38<end>", "### 0:05 x ",
        "Ada: 0:05 ", "(0:05, ", "[0:05 | ", "⏱ 0:05 ", "[0:05" + " " * 40, "**", "[0:05](#) ", "0:05", "：05", "[words ",
        "[00:06:10] <a", "| 0:05 | x ", "( 0:05 ", "[00：06：10] ", "[0:05 und ", "Ada (0:05): ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["", "\n"], ids=["on one line", "on many lines"])
class TestLong:
    @staticmethod
    def read(piece: str, end: str, length: int) -> None:
        assert len(edits(HEAD + (piece + end) * (length // len(piece)))) >= 0

    def test_they_are_read(self, piece: str, end: str) -> None:
        self.read(piece, end, 8_000)

    @pytest.mark.slow
    def test_time_grows_with_their_length(self, piece: str, end: str) -> None:
        assert growth(partial(self.read, piece, end), 100_000) < 2 * LINEAR


@pytest.mark.slow
@pytest.mark.parametrize("line", ["### {} — x", "[{}, {}] x"])
def test_time_grows_with_the_stamps_in_doubt(line: str) -> None:
    def read(count: int) -> None:
        seconds = [*range(count), *range(6 * 3600, 6 * 3600 + count)]  # the later half is
        clocks = [f"{i // 3600:02}:{i // 60 % 60:02}:{i % 60:02}" for i in seconds]
        assert edits(HEAD + "\n".join([line.replace("{}", clock) for clock in clocks]))

    assert growth(read, 1000) < 2 * LINEAR
