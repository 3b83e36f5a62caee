"""Stamps whose text is said nowhere."""

from tests.rules.timestamps.talk import SAID, anchor, claims, right, spoken
from tests.tables import Row, table

CAPTIONS = spoken()
MOON = "The moon consists of green cheese, of which hungry astronauts nibble away a crater each summer"

test_unsupported_timestamp = table(
    "unsupported-timestamp",
    Row("all are right", claims(right(*range(1, 20))), captions=CAPTIONS),
    Row(
        "made up",
        f"{claims(right(1, 2, 3, 4))}\n{MOON} «{anchor('00:20:00')}».\n",
        captions=CAPTIONS,
        message="what 00:20:00 stands for is said neither there nor elsewhere",
    ),
    Row("made up, behind the end", f"{claims(right(1, 2, 3, 4))}\n{MOON} {anchor('01:20:00')}.\n", captions=CAPTIONS),
    Row(
        "too few words",
        f"{claims(right(1, 2, 3, 4))}\nThe moon is of cheese {anchor('00:20:00')}.\n",
        captions=CAPTIONS,
    ),
    Row("captions that are foreign", claims(right(*range(1, 12))), captions=spoken(tuple(reversed(SAID)))),
    Row("said elsewhere", claims(right(1, 2, 3, 4) | {5: "00:45:10"}), captions=CAPTIONS),
)
