"""How sure something is, in words."""


def how_sure(confidence: float) -> str:
    """In plain words how probable something is."""
    if confidence >= 0.95:
        return "almost certainly"
    return "very likely" if confidence >= 0.8 else "probably"
