"""Captions that were saved under another video's id."""

from tests.rules.timestamps.talk import HEAD, OTHER, SAID, anchor, claims, right, spoken
from tests.tables import Row, table

FOREIGN = spoken(OTHER[:8])
MANY = right(*range(1, 12))
SHORT = spoken(OTHER[:5])  # they end at twelve minutes
OUTSIDE = right(1, *range(3, 12))
FIRST = anchor(MANY[1])
MARKED = claims(MANY, marked=(1,))

AMID = HEAD + " ".join(f"The third speaker explains later on {anchor(MANY[at])} that {SAID[at]}." for at in MANY) + "\n"

test_foreign_captions = table(
    "foreign-captions",
    Row("its own", claims(MANY), captions=spoken()),
    Row("no captions", claims(MANY)),
    Row(
        "another talk",
        MARKED,
        captions=FOREIGN,
        message="Talk [aBcD_-12-4w].en.vtt are not those of the video aBcD_-12-4w: hardly anything",
    ),
    Row("another cut", claims(right(*range(1, 20))), captions=spoken(shift=100, slope=0.9)),
    Row(
        "a note in another script",
        HEAD + "\n\n".join(f"鏡を磨いた修道士は失明した {anchor(MANY[at])}" for at in MANY),
        captions=FOREIGN,
    ),
    Row("too few stamps to tell", claims(right(1, 2, 3)), captions=FOREIGN),
    Row(
        "few stamps, and other notes of the video",
        claims(right(1, 2, 3), marked=(1,)),
        captions=FOREIGN,
        notes={"b.md": claims(right(*range(4, 12))), "c.md": claims(right(*range(12, 20)))},
        message="hardly anything that its notes say",
    ),
    Row(
        "many wrong stamps, and other notes that are right",
        claims({at: f"00:{30 + at}:{at:02}" for at in range(1, 12)}),
        captions=spoken(),
        notes={"b.md": claims(right(*range(1, 12))), "c.md": claims(right(*range(6, 20)))},
    ),
    Row(
        "short ones, which few stamps lie within",
        claims(OUTSIDE, marked=(1,)),
        captions=SHORT,
        message="hardly anything that its notes say",
    ),
    Row("short ones that are its own", claims(right(*range(1, 12))), captions=spoken(SAID[:5])),
    Row("short ones behind whose end the stamps go on", claims(MANY, marked=(1,)), captions=spoken(OTHER[:4])),
    Row("its own, which were cut short", claims(right(*range(1, 20))), captions=spoken(SAID[:10])),
    Row("its own, of which there is but the opening", claims(right(*range(1, 20))), captions=spoken(SAID[:1])),
    Row("short ones, and too few stamps to tell", claims(right(1, 3, 6)), captions=SHORT),
    Row("what is said, in another order", claims(MANY), captions=spoken(tuple(reversed(SAID)))),
    Row(
        "its own, and many wrong stamps behind their end",
        claims({at: f"00:0{at}:0{at}" for at in range(1, 5)} | {at: f"0{at}:30:00" for at in range(5, 10)}),
        captions=spoken(SAID[:14]),
    ),
    Row("stamps amid their sentences", AMID, captions=spoken()),
    Row("stamps amid their sentences, another talk", AMID.replace(FIRST, f"«{FIRST}»"), captions=FOREIGN),
    Row(
        "some notes with stamps amid their sentences",
        AMID,
        captions=spoken(),
        notes={"b.md": claims(right(*range(1, 9))), "c.md": AMID},
    ),
)
