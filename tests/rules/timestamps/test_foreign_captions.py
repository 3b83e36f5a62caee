"""Captions that were saved under another video's id."""

from processor.parse.youtube import write_clock
from tests.rules.timestamps.talk import HEAD, OTHER, SAID, STEP, anchor, claims, right, spoken
from tests.tables import Row, table

FOREIGN = spoken(OTHER[:8])
MANY = right(*range(1, 12))
HALVED = [
    (at, " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :]))
    for at, words in ((at, text.split()) for at, text in enumerate(SAID))
]
MARKED = claims(MANY, marked=(1,))

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
    Row("too few stamps to tell", claims(right(1, 2, 3)), captions=FOREIGN),
    Row(
        "a talk so short that most stamps are behind its end",
        claims(right(1, 2, 12, 14, 16), marked=(1,)),
        captions=spoken(OTHER[:4]),
        message="hardly anything that its notes say is said in them",
    ),
    Row(
        "sentences that have their stamp in the middle",
        HEAD + " ".join(f"{first} {anchor(write_clock(at * STEP))} {rest}." for at, first, rest in HALVED),
        captions=spoken(),
    ),
    Row(
        "what is said, in another order",
        MARKED.replace("«", "").replace("»", ""),
        captions=spoken(tuple(reversed(SAID))),
    ),
    Row(
        "few stamps, and other notes of the video",
        claims(right(1, 2, 3), marked=(1,)),
        captions=FOREIGN,
        notes={"b.md": claims(right(*range(4, 12))), "c.md": claims(right(*range(12, 20)))},
        message="hardly anything that its notes say is said in them",
    ),
    Row(
        "many wrong stamps, and other notes that are right",
        claims({at: f"00:{30 + at}:{at:02}" for at in range(1, 12)}),
        captions=spoken(),
        notes={"b.md": claims(right(*range(1, 12))), "c.md": claims(right(*range(6, 20)))},
    ),
)
