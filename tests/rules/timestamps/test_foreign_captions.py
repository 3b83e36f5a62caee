"""Captions that were saved under another video's id."""

from tests.rules.timestamps.talk import SAID, anchor, claims, right, spoken
from tests.tables import Row, table

FOREIGN = spoken(tuple(reversed(SAID)))
MANY = right(*range(1, 12))
FIRST = anchor(MANY[1])
MARKED = claims(MANY, marked=(1,))

test_foreign_captions = table(
    "foreign-captions",
    Row("its own", claims(MANY), captions=spoken()),
    Row("no captions", claims(MANY)),
    Row(
        "another talk",
        MARKED,
        captions=FOREIGN,
        message="Talk [aBcD_-12-4w].en.vtt are not those of the video aBcD_-12-4w: by them only",
    ),
    Row("another cut", claims(right(*range(1, 20))), captions=spoken(shift=100, slope=0.9)),
    Row("too few stamps to tell", claims(right(1, 2, 3)), captions=FOREIGN),
    Row(
        "few stamps, and other notes of the video",
        claims(right(1, 2, 3), marked=(1,)),
        captions=FOREIGN,
        notes={"b.md": claims(right(*range(4, 12))), "c.md": claims(right(*range(12, 20)))},
        message="0 % of 19 stamps",
    ),
    Row(
        "many wrong stamps, and other notes that are right",
        claims({at: f"00:{30 + at}:{at:02}" for at in range(1, 12)}),
        captions=spoken(),
        notes={"b.md": claims(right(*range(1, 12))), "c.md": claims(right(*range(6, 20)))},
    ),
)
