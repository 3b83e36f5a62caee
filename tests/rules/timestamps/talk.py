"""A talk of an hour, as captions: what is said every two and a half minutes."""

from processor.parse.youtube import write_clock

ID = "aBcD_-12-4w"
HEAD = f"---\ntitle: Openness\nvideoId: {ID}\n---\n\n"
STEP = 150  # seconds
SAID = (
    "welcome everybody tonight we ask who pays the electricity bill of open weights",
    "a licence decides whether companies may sell whatever they trained with it",
    "hardware shortages forced every laboratory to rent graphics cards from clouds",
    "nobody publishes the training corpus because newspapers would sue the next morning",
    "benchmarks leak into datasets and the scores climb without any understanding",
    "translators in iceland recorded parliament debates for their own speech model",
    "volunteers maintain the tokenizer on weekends and answer angry bug reports",
    "regulators in brussels demand energy labels on every large network",
    "a hospital in lisbon refuses tools whose answers cannot be traced back",
    "farmers in kenya photograph leaves and a phone tells them about blight",
    "quantization squeezes seventy billion parameters into a gaming laptop",
    "my grandmother dictates recipes and the program writes a cookbook",
    "universities lost their best researchers to startups with golden salaries",
    "distillation copies a teacher network into a much smaller student",
    "copyright lawyers disagree whether memorised lyrics are a derivative work",
    "satellites over the arctic count walruses with a vision transformer",
    "a swedish library digitised sermons from four centuries for historians",
    "watermarks vanish as soon as somebody paraphrases the generated essay",
    "insurance firms price floods with simulations that run on borrowed supercomputers",
    "chess engines taught us that transparency does not need permission",
    "museums lend paintings and likewise companies should lend checkpoints",
    "a firefighter explained how drones map smoke inside burning warehouses",
    "subtitles for deaf children improved when teachers corrected the errors",
    "thank you and goodbye until we meet again beside the harbour",
)
OTHER = (
    "good evening gardeners our subject tonight is compost and what belongs on the heap",
    "kitchen scraps rot faster when you chop them and keep the pile damp",
    "never throw cooked meat there unless you enjoy the company of rats",
    "tomatoes want potash once the first truss has set its fruit",
    "pinch the side shoots early in the morning and let the wound dry",
    "slugs avoid coarse sand although a hungry one crosses anything",
    "rhubarb rests under a bucket and wakes up pink and tender in march",
    "prune apple trees while frost keeps the sap down in the roots",
    "a lawn that is cut too short invites moss dandelions and plantain",
    "collect seeds from your strongest lettuce and store them in paper",
    "beans climb anything so give them hazel sticks and plenty of string",
    "that was all for today please water the pots before you leave",
)
"""What is said in another talk."""


FILLER = "well you know that is what it is and so on"


def cue(at: int, text: str) -> str:
    return f"{write_clock(at)}.000 --> {write_clock(at + 9)}.000\n{text}\n\n"


def spoken(
    texts: tuple[str, ...] = SAID, shift: int = 0, slope: float = 1.0, video_id: str = ID, silent: range = range(0)
) -> dict[str, str]:
    """A file of captions in which each of some texts is said, STEP seconds apart, but for those at the `silent` places, and between
    them something that tells nothing."""
    cues = []
    for at, text in enumerate(texts):
        if at in silent:
            continue
        start = int(slope * at * STEP) + shift
        cues.append(cue(start, text))
        cues += [cue(start + off, FILLER) for off in (30, 60, 90, 120)]
    return {f"Talk [{video_id}].en.vtt": "WEBVTT\n\n" + "".join(cues)}


def without_a_part(late: int, begins: int) -> dict[str, str]:
    """Captions that lack some seconds of the video, from the place on where the rest `begins`."""
    (name, first), *_ = spoken(silent=range(begins, len(SAID))).items()
    (_, rest), *_ = spoken(shift=-late, silent=range(begins)).items()
    return {name: first + rest.removeprefix("WEBVTT\n\n")}


def transcript() -> str:
    """The same in a note, as the Web Clipper writes it."""
    turns = [
        (at * STEP + off, f"{'' if off else text} {FILLER} {FILLER} {FILLER}".strip())
        for at, text in enumerate(SAID)
        for off in range(0, STEP, STEP // 5)
    ]
    return "## Transcript\n\n" + "".join(f"**{write_clock(at, like='1:00')}** · {text}\n\n" for at, text in turns)


def anchor(clock: str) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}">[{clock}]</a>'


def claims(clocks: dict[int, str], *, marked: tuple[int, ...] = ()) -> str:
    """Sentences of which each is what is said at one place, with its stamp; those of the `marked` places between « and »."""
    lines = []
    for at, text in enumerate(SAID):
        if at in clocks:
            stamp = anchor(clocks[at])
            lines.append(f"{text.capitalize()} {'«' + stamp + '»' if at in marked else stamp}.")
    return HEAD + "\n\n".join(lines) + "\n"


def right(*places: int) -> dict[int, str]:
    """The clocks of some places, as they are in the video."""
    return {at: write_clock(at * STEP) for at in places}
