"""Stamps whose text is said elsewhere."""

import pytest

from processor.parse.youtube import write_clock
from processor.rules.timestamps.misplaced_timestamp import Options
from tests.rules.timestamps.talk import HEAD, ID, SAID, STEP, anchor, claims, right, spoken, transcript, without_a_part
from tests.tables import Row, table

CAPTIONS = spoken()
FEW = right(1, 2, 3, 4)
WATCH = f"https://www.youtube.com/watch?v={ID}&t="
UNEVEN = right(1, 2, 5, 6, 10, 12, 13)  # few, uneven: else captions seem those of another cut or video
PADDED = {5: "12:30:00", 6: "15:00:00", 8: "20:00:00"}
CHAPTERED = f"{HEAD}0:00 Opening\n02:30 {SAID[1]}\n05:10 {SAID[4]}\n12:30 {SAID[5]}\n17:30 {SAID[7]}\n"
SENTENCE = f"{SAID[5].capitalize()} "
EARLY, LATE, TOLD = range(1, 9), (10, 12, 13, 16, 19), (10, 16, 19)  # before and behind a part that the captions lack


def linked(clock: str, seconds: int) -> str:
    return f"[{clock}]({WATCH}{seconds}s)"


def on_site(clock: str, seconds: int) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}" href="{WATCH}{seconds}s">[{clock}]</a>'


def before(clocks: dict[int, str], glue: str, first: str = "") -> str:
    """The same sentences in one paragraph, each behind its stamp and some first words."""
    return HEAD + glue.join(f"{first}{anchor(clock)} {SAID[at]}." for at, clock in clocks.items()) + "\n"


def one_wrong(form: str, clock: str = "01:30:00") -> tuple[str, str]:
    """A note with one sentence whose stamp is wrong, in a form, and the same mended."""
    made = [f"{claims(FEW)}\n{form.format(SENTENCE.strip(), stamp)}\n" for stamp in (clock, right(5)[5])]
    return made[0].replace(anchor(clock), f"«{anchor(clock)}»").replace(clock, f"{clock}"), made[1]


def quotes(form: str) -> str:
    """The same sentences, each in a paragraph of its own: 0 is the text, 1 its stamp, 2 the second at which the next is said."""
    ends = right(*(at + 1 for at in UNEVEN)).values()
    made = [form.format(SAID[at], anchor(c), anchor(end)) for (at, c), end in zip(UNEVEN.items(), ends, strict=True)]
    return HEAD + "\n".join(made)


AMID = HEAD + " ".join(
    f"The third speaker explains later on {anchor(clock)} that {SAID[at]}."
    for at, clock in right(*range(1, 12)).items()
)

test_misplaced_timestamp = table(
    "misplaced-timestamp",
    Row("all are right", claims(right(*range(1, 20))), captions=CAPTIONS),
    Row("captions that were cut short", claims(right(*range(1, 20))), captions=spoken(SAID[:10])),
    Row(
        "a passage that a note quotes",
        claims(right(*range(1, 20))),
        notes={
            "b.md": HEAD
            + "".join(
                f"**{m}:{s:02}** · {SAID[at]} {SAID[at]}\n\n" for at in range(2, 11) for m, s in [divmod(at * 150, 60)]
            )
        },
    ),
    Row(
        "captions in another language that are longer",
        claims(right(*range(1, 20))),
        captions=spoken(SAID[:10])
        | {name.replace("en", "de"): text for name, text in spoken(tuple(f"wort{i}" for i in range(24))).items()},
    ),
    Row(
        "captions that were cut short, and a stamp that jumps",
        claims(right(*range(1, 20)) | {5: "12:30:00"}, marked=(5,)),
        fixed=claims(right(*range(1, 20))),
        captions=spoken(SAID[:10]),
    ),
    Row("each sentence has its stamp in its middle", AMID, captions=CAPTIONS),
    Row(
        "captions that end before their video",
        claims(FEW | {5: "00:40:00", 6: "00:45:00", 8: "00:50:00"}),
        captions=spoken(SAID[:10]),
        durations={ID: 3600},
    ),
    Row(
        "behind the end: minutes and seconds",
        claims(FEW | PADDED, marked=(5, 6, 8)),
        fixed=claims(FEW | right(5, 6, 8)),
        captions=CAPTIONS,
        message="almost certainly means 00:",
    ),
    Row(
        "behind the end: a digit is lost",
        claims(FEW | {5: "01:30:00"}, marked=(5,)),
        fixed=claims(FEW | right(5)),
        captions=CAPTIONS,
        message="01:30:00 almost certainly means 00:12:30: there it is said",
    ),
    Row(
        "alone among right ones",
        claims(FEW | {5: "00:45:10"}, marked=(5,)),
        unsafe=claims(FEW | right(5)),
        captions=CAPTIONS,
        message="means 00:12:30",
    ),
    Row(
        "less certain than is wanted",
        claims(FEW | {5: "00:45:10"}, marked=(5,)),
        captions=CAPTIONS,
        options={"min_confidence": 0.999},
        message="means 00:12:30",
    ),
    Row(
        "safe ones too are as certain as is wanted",
        claims(FEW | {5: "01:30:00"}, marked=(5,)),
        captions=CAPTIONS,
        options={"min_confidence": 1.0},
    ),
    Row("no captions", claims(FEW | {5: "00:45:10"})),
    Row("captions of another video", claims(FEW | {5: "00:45:10"}), captions=spoken(video_id="zzzzzzzzzz0")),
    Row("captions that are foreign", claims(right(*range(1, 12))), captions=spoken(tuple(reversed(SAID)))),
    Row("captions of another cut", claims(right(*range(1, 20))), captions=spoken(shift=100, slope=0.9)),
    Row(
        "captions of another cut, and a stamp that is wrong",
        claims(right(*range(1, 20)) | {9: "07:30:00"}, marked=(9,)),
        fixed=claims(right(*range(1, 20))),
        captions=spoken(shift=100, slope=0.9),
        message="means 00:2",
    ),
    Row(
        "a transcript in the vault",
        claims(FEW | {5: "01:30:00"}, marked=(5,)),
        fixed=claims(FEW | right(5)),
        notes={"talk.md": f"{HEAD}{transcript()}"},
    ),
    Row("a list of chapters names parts, and claims nothing", CHAPTERED, captions=CAPTIONS),
    Row(
        "a list that does not begin at the start is none of chapters",
        CHAPTERED.replace("0:00 Opening\n", "").replace("05:10", "«05:10»"),
        unsafe=CHAPTERED.replace("0:00 Opening\n", "").replace("05:10", "10:00"),
        captions=CAPTIONS,
    ),
    Row("a transcript claims nothing", f"{HEAD}{transcript()}"),
    Row(
        "a link in the manner of its label",
        f"{claims(FEW)}\n{SENTENCE}«{linked('1:30:00', 5400)}»\n",
        fixed=f"{claims(FEW)}\n{SENTENCE}{linked('0:12:30', 750)}\n",
        captions=CAPTIONS,
    ),
    Row(
        "a bare one, before its text",
        f"{claims(FEW)}\n- «[01:30:00]» {SENTENCE}\n",
        fixed=f"{claims(FEW)}\n- [00:12:30] {SENTENCE}\n",
        captions=CAPTIONS,
    ),
    Row("each line of a paragraph begins with its stamp", before(UNEVEN, "\n"), captions=CAPTIONS),
    Row("each sentence begins with its stamp", before(UNEVEN, " "), captions=CAPTIONS),
    Row("each sentence has its stamp near its start", before(UNEVEN, " ", "At "), captions=CAPTIONS),
    Row(
        "one of a paragraph whose lines begin with stamps",
        before(right(1, 2, 3, 4) | {5: "«01:30:00»"}, "\n").replace(anchor("«01:30:00»"), f"«{anchor('01:30:00')}»"),
        fixed=before(right(1, 2, 3, 4, 5), "\n"),
        captions=CAPTIONS,
        message="means 00:12:30",
    ),
    Row(
        "each sentence ends with its stamp, and one more follows",
        HEAD + " ".join(f"{SAID[at]} {anchor(clock)}." for at, clock in right(*range(1, 9)).items()) + " And so on.\n",
        captions=CAPTIONS,
    ),
    Row("each quote ends with its stamp", quotes("> {0}.\n>\n> — {1}\n"), captions=CAPTIONS),
    Row("each paragraph has its stamp below it", quotes("{0}.\n\n{1}\n"), captions=CAPTIONS),
    Row("each paragraph has its stamp above it", quotes("{1}\n\n{0}.\n"), captions=CAPTIONS),
    Row("each paragraph begins with its range", quotes("{1} - {2} {0}.\n"), captions=CAPTIONS),
    Row(
        "now behind its text, now before it",
        HEAD
        + " ".join(
            f"{SAID[at].capitalize()} {anchor(clock)}." if at % 2 else f"At {anchor(clock)} {SAID[at]}."
            for at, clock in UNEVEN.items()
        ),
        captions=CAPTIONS,
    ),
    *(
        Row(name, *one_wrong(form), captions=CAPTIONS, message="means 00:12:30")
        for name, form in {
            "below a quote, behind who says it": f"> {{0}}.\n\n— Anna Lind, {anchor('{1}')}",
            "in a footnote": f"{{0}}[^12].\n\n[^12]: {anchor('{1}')}",
            "the title of a callout": f"> [!quote] {anchor('{1}')}\n> {{0}}.",
            "in the title of a callout": f"> [!quote] Iceland {anchor('{1}')}\n> {{0}}.",
        }.items()
    ),
    Row(
        "an anchor with an href has three clocks",
        f"{claims(FEW)}\n{SENTENCE}«{on_site('01:30:00', 5400)}»\n",
        f"{claims(FEW)}\n{SENTENCE}{on_site('00:12:30', 750)}\n",
        captions=CAPTIONS,
    ),
    *(
        Row(
            f"of what has several clocks all are kept: {label}",
            f"{claims(FEW)}\n{SENTENCE}«{anchor('01:30:00').replace('[01:30:00]', f'[{label}]')}»\n",
            unsafe=f"{claims(FEW)}\n{SENTENCE}{anchor('00:12:30').replace('[00:12:30]', f'[{right_label}]')}\n",
            captions=CAPTIONS,
        )
        for label, right_label in {
            "01:30:00-01:30:40": "00:12:30-00:13:10",
            "01:30:00-00:13:10": "00:12:30-00:13:10",  # the end is right
            "01:30:00, 00:20:00": "00:12:30, 00:20:00",
        }.items()
    ),
    Row(
        "the same words before each stamp",
        quotes("{0}.\n\nSource: {1}\n").replace(anchor("00:12:30"), f"«{anchor('12:30:00')}»"),
        fixed=quotes("{0}.\n\nSource: {1}\n"),
        captions=CAPTIONS,
    ),
    Row(
        "stamps that send elsewhere",
        HEAD
        + "\n\n".join(
            f"{SAID[at].capitalize()} {anchor(clock)} (see also {anchor(right(23 - at)[23 - at])})."
            for at, clock in UNEVEN.items()
        ),
        captions=CAPTIONS,
    ),
    Row(
        "a word alone does not tell which digit is lost",
        f"{claims(FEW)}\n- Iceland «{anchor('01:30:00')}»\n",
        unsafe=f"{claims(FEW)}\n- Iceland {anchor('00:12:30')}\n",
        captions=CAPTIONS,
    ),
    Row(
        "off by a part that is missing in the captions",
        claims(right(*EARLY, *LATE), marked=TOLD),
        unsafe=claims(right(*EARLY, *LATE) | {at: write_clock(at * STEP - 100) for at in TOLD}),
        captions=without_a_part(100, 10),
        message="as others are about as much off",
    ),
    Row("all late by the opening titles", claims(right(*range(1, 20))), captions=spoken(shift=41)),
    Row("in code", f"{claims(FEW)}\n{SENTENCE}`[01:30:00]`\n", captions=CAPTIONS),
    Row(
        "of another video",
        f"{claims(FEW)}\n{SENTENCE}{linked('1:30:00', 5400).replace(ID, 'zzzzzzzzzz0')}\n",
        captions=CAPTIONS,
    ),
    Row("label and target differ", f"{claims(FEW)}\n{SENTENCE}{linked('1:30:00', 750)}\n", captions=CAPTIONS),
    Row(
        "in a heading",
        f"{claims(FEW)}\n## {SENTENCE}«{anchor('01:30:00')}»\n",
        fixed=f"{claims(FEW)}\n## {SENTENCE}{anchor('00:12:30')}\n",
        captions=CAPTIONS,
    ),
    Row(
        "in a heading whose links cannot be changed along",
        f"{claims(FEW)}\n## 00 12 30\n\n## «[01:30:00]»\n\n{SENTENCE}\n",
        captions=CAPTIONS,
        notes={"b.md": "[[note#01 30 00]]\n"},
        message="mend it by hand",
        containers=False,
    ),
    Row("words that say nothing", f"{claims(FEW)}\nIt is so {anchor('00:45:00')}.\n", captions=CAPTIONS),
    Row(
        "a stretch in which nobody speaks",
        claims(FEW | {5: "00:52:00"}),
        captions=spoken(silent=range(19, 22)),
    ),
)


@pytest.mark.parametrize("wrong", [-0.1, 1.5, float("nan")])
def test_a_confidence_lies_between_0_and_1(wrong: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Options(min_confidence=wrong)
