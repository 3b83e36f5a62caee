"""What holds of the rules on links together: one finding a link, safe fixes that change no other link, headings taken along."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.base.text import Edit, apply_edits
from processor.rules.base import Context, Problem, all_rules
from processor.vault.note import Note, parse_note
from processor.vault.style import LinkStyle
from processor.vault.vault import Vault

RULES = [r for r in all_rules().values() if r.family == "links" and r.default]


def vault_of(texts: dict[str, str], style: LinkStyle = LinkStyle()) -> Vault:
    return Vault([parse_note(text, path) for path, text in texts.items()], style=style)


def problems(vault: Vault, note: Note) -> list[tuple[str, Problem]]:
    return [
        (rule.id, p) for rule in RULES for p in rule.problems(note, Context(options=rule.options(), opened_vault=vault))
    ]


def mended(texts: dict[str, str], path: str, *, unsafe: bool = False) -> dict[str, str]:
    """The vault's texts after the fixes of one note; of two that overlap, the first."""
    vault = vault_of(texts)
    taken: dict[str, list[Edit]] = {}
    for _, problem in problems(vault, vault.notes[path]):
        if problem.fix and (problem.fix.safe or unsafe):
            edits = list(problem.fix.edits())
            if any(e.edit.start < o.end and o.start < e.edit.end for e in edits for o in taken.get(e.path, ())):
                continue
            for edit in edits:
                taken.setdefault(edit.path, []).append(edit.edit)
    return {p: apply_edits(text, taken.get(p, ())) for p, text in texts.items()}


# A heading is linked to by its text

OPEN = {"open_weights.md": "# Weights\n"}


def test_a_fix_in_a_heading_takes_the_links_to_it_along() -> None:
    texts = OPEN | {
        "a.md": "## On [[Open Weights]]\n\nSee [[#On Open Weights]].\n",
        "b.md": "[[a#on open weights]], [[a#On Open Weights|there]], [x](a.md#On%20Open%20Weights), [[a#Other]]\n",
        "c.md": '---\nsee: "[[a#On Open Weights]]"\n---\n',
    }
    after = mended(texts, "a.md")
    assert after == OPEN | {
        "a.md": "## On [[open_weights|Open Weights]]\n\nSee [[#On open_weights Open Weights|On Open Weights]].\n",
        "b.md": (
            "[[a#On open_weights Open Weights|a > on open weights]], [[a#On open_weights Open Weights|there]], "
            "[x](a.md#On%20open_weights%20Open%20Weights), [[a#Other]]\n"
        ),
        "c.md": '---\nsee: "[[a#On open_weights Open Weights|a > On Open Weights]]"\n---\n',
    }
    vault = vault_of(after)
    for path in ("a.md", "b.md", "c.md"):
        for link in vault.notes[path].links:
            if "#On" in link.target:
                assert vault.resolve(link.target, path).heading == vault.notes["a.md"].headings[0]


def test_a_part_of_a_path_of_headings_is_taken_along() -> None:
    texts = OPEN | {"a.md": "# On [[Open Weights]]\n\n## Why\n", "b.md": "[[a#On Open Weights#Why]]\n"}
    after = mended(texts, "a.md")
    assert after["b.md"] == "[[a#On open_weights Open Weights#Why|a > On Open Weights > Why]]\n"


def test_a_fix_in_a_heading_is_not_made_where_a_heading_above_has_that_text() -> None:
    texts = OPEN | {
        "a.md": "# On open_weights Open Weights\n\n# On [[Open Weights]]\n",
        "b.md": "[[a#On Open Weights]]\n",
    }
    assert mended(texts, "a.md") == texts


def test_a_heading_that_cannot_be_linked_to_takes_nothing_along() -> None:
    texts = OPEN | {"a.md": "> # On [[Open Weights]]\n", "b.md": "[[a]]\n"}
    after = mended(texts, "a.md")
    assert after["a.md"] == "> # On [[open_weights|Open Weights]]\n"
    assert after["b.md"] == texts["b.md"]


def test_only_the_address_of_a_heading_s_link_changes_where_its_text_stays() -> None:
    texts = {"a.md": "# See [x](Open%20Weights.md)\n", "b.md": "[[a#See x Open%20Weights md]]\n"} | OPEN
    after = mended(texts, "a.md")
    assert after["a.md"] == "# See [x](open_weights.md)\n"
    assert after["b.md"] == "[[a#See x (open_weights.md)|a > See x Open%20Weights md]]\n"


# One finding a link

NAMES = [
    "open_weights",
    "Open Weights",
    "open-weights",
    "law",
    "a/law",
    "b/law",
    "Nothing Else",
    "https://example.com",
    "x.png",
    "Meta",
    "",
]
PARTS = st.lists(
    st.builds(
        lambda form, name, fragment, display: form.format(name + fragment, display),
        st.sampled_from(["[[{0}]]", "[[{0}|{1}]]", "![[{0}]]", "[{1}]({0})", "[{1}](<{0}.md>)", "[[{0}|{1}|x]]", "[[{0}", "## [[{0}]]\n", "[[[{1}]({0})]]"]),
        st.sampled_from(NAMES),
        st.sampled_from(["", "#Weights", "#weights-", "#nope", "#^b", "#^B-"]),
        st.sampled_from(["text", "00:01:02", "*x*"]),
    ),
    max_size=6,
)  # fmt: skip
OTHERS = {
    "open_weights.md": "---\naliases: [Meta]\n---\n# Weights\n\ntext ^b\n",
    "a/law.md": "# Weights\n",
    "b/law.md": "",
}


@settings(deadline=None)
@given(PARTS, st.sampled_from(["\n\n", " ", "\n"]), st.sampled_from(["n.md", "a/n.md"]))
def test_each_link_is_reported_once_and_fixes_change_no_other(parts: list[str], between: str, path: str) -> None:
    texts = OTHERS | {path: between.join(parts)}
    vault = vault_of(texts)
    found = problems(vault, vault.notes[path])
    assert max(Counter(p.span for _, p in found).values(), default=0) <= 1, found
    broken = {
        x.span for x in vault.notes[path].links if vault.resolve(x.target, path).status not in ("ok", "ambiguous")
    }
    assert broken <= {p.span for _, p in found}
    after = mended(texts, path)
    assert {p: t for p, t in after.items() if p != path} == OTHERS
    now = vault_of(after)
    before = Counter(vault.resolve(x.target, path).path for x in vault.notes[path].links)
    later = Counter(now.resolve(x.target, path).path for x in now.notes[path].links)
    for target, times in before.items():
        assert target is None or later[target] >= times
    for _ in range(3):
        after = mended(after, path)
    assert mended(after, path) == after, "it never comes to rest"


@pytest.mark.parametrize(
    "text",
    [
        "[[" * 50_000,
        "[[Open Weights]] " * 10_000,
        "[[open_weights#nope]] " * 5_000,
        "".join(f"[[open_weights#no {i}]] " for i in range(5_000)),
        "".join(f"# H {i} [[Open Weights]]\n[[#H {i} Open Weights]]\n" for i in range(2_000)),
        "".join(f"[[a_note_that_is_not_there_{i}]] " for i in range(20_000)),
        "".join(f"[[{i // 60:02}:{i % 60:02}]] " for i in range(6_000)),
    ],
    ids=["opened", "one target", "one heading", "headings", "in headings", "targets", "stamps"],
)  # fmt: skip
def test_long_notes_are_judged(text: str) -> None:
    vault = vault_of(OPEN | {"n.md": text})
    note = vault.notes["n.md"]
    for _, problem in problems(vault, note):
        for fix in (problem.fix,) if problem.fix else ():
            assert all(0 <= e.edit.start <= e.edit.end <= len(text) for e in fix.edits())
