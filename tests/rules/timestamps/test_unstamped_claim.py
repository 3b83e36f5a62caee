"""Sentences whose place in the video is certain."""

from tests.rules.timestamps.talk import ID, SAID, anchor, claims, right, spoken
from tests.tables import Row, table

CAPTIONS = spoken()
FEW = claims(right(1, 2, 3, 4))
SENTENCE = f"{SAID[5].capitalize()}."
LINK = f"[00:12:30](https://www.youtube.com/watch?v={ID}&t=750s)"

test_unstamped_claim = table(
    "unstamped-claim",
    Row(
        "a sentence",
        f"{FEW}\n«{SENTENCE}»\n",
        unsafe=f"{FEW}\n{SENTENCE} {LINK}\n",
        captions=CAPTIONS,
        message="said at 00:12:30",
    ),
    Row(
        "behind one with a stamp",
        f"{FEW}\n{SAID[6]} {anchor(right(6)[6])}. «{SENTENCE}»\n",
        unsafe=f"{FEW}\n{SAID[6]} {anchor(right(6)[6])}. {SENTENCE} {LINK}\n",
        captions=CAPTIONS,
    ),
    Row("before one with a stamp", f"{FEW}\n{SENTENCE} {SAID[6]} {anchor(right(6)[6])}.\n", captions=CAPTIONS),
    Row("behind a stamp at the start of its line", f"{FEW}\n{anchor(right(5)[5])} {SENTENCE}\n", captions=CAPTIONS),
    Row("below its stamp", f"{FEW}\n[{right(5)[5]}]\n\n{SENTENCE}\n", captions=CAPTIONS),
    Row("in a list of chapters", f"{FEW}\n{SENTENCE}\n\n- {anchor(right(5)[5])} Iceland\n", captions=CAPTIONS),
    Row("few words", f"{FEW}\nIceland recorded debates.\n", captions=CAPTIONS),
    Row(
        "said nowhere",
        f"{FEW}\nThe moon consists of green cheese, of which hungry astronauts nibble away a crater.\n",
        captions=CAPTIONS,
    ),
    Row("in a heading", f"{FEW}\n## {SENTENCE}\n", captions=CAPTIONS),
    Row("in a fence", f"{FEW}\n```\n{SENTENCE}\n```\n", captions=CAPTIONS),
    Row("no captions", f"{FEW}\n{SENTENCE}\n"),
    Row(
        "an anchor, where these are configured",
        f"{FEW}\n«{SENTENCE}»\n",
        unsafe=f'{FEW}\n{SENTENCE} {anchor("00:12:30").replace(">[", f""" href="https://www.youtube.com/watch?v={ID}&t=750s">[""")}\n',
        captions=CAPTIONS,
        context={"stamp_style": "html"},
    ),
)
