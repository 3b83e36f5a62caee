"""Stamps whose text is said nowhere."""

from tests.rules.timestamps.talk import HEAD, SAID, anchor, claims, right, spoken
from tests.tables import Row, table

CAPTIONS = spoken()
MOON = "The moon consists of green cheese, of which hungry astronauts nibble away a crater each summer"
IN_GERMAN = (
    "eine Lizenz entscheidet, ob Firmen verkaufen dürfen, was sie damit trainiert haben",
    "Engpässe zwangen jedes Labor, sich Grafikkarten aus fremden Wolken zu mieten",
    "niemand veröffentlicht das Trainingskorpus, weil Zeitungen am Morgen darauf klagen würden",
    "die Werte steigen ohne jedes Verständnis, weil Benchmarks in die Datensätze sickern",
    "Übersetzer auf Island zeichneten Debatten des Parlaments für ein eigenes Modell auf",
)

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
    Row(
        "captions in another language",
        HEAD
        + "\n\n".join(
            f"{text} {anchor(clock)}." for text, clock in zip(IN_GERMAN, right(*range(1, 6)).values(), strict=True)
        )
        + "\n",
        captions=CAPTIONS,
    ),
    Row("said elsewhere", claims(right(1, 2, 3, 4) | {5: "00:45:10"}), captions=CAPTIONS),
)
