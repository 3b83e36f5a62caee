"""What a build makes of a vault: from notes to notes, pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from processor.base.text import Source
from processor.commands.build.additions import Addition, add_to_notes
from processor.commands.build.aliases import Aliases
from processor.commands.build.channels import add_missing_hubs, lost
from processor.commands.build.hubs import complete_hubs
from processor.commands.build.index import Contents, add_index, clickable, stamp_count
from processor.commands.build.judges import BuildJudge
from processor.commands.build.missing import DEAD, Asks, links_to_nothing, unlink
from processor.commands.build.options import Options
from processor.commands.build.related import Related
from processor.commands.build.report import Left, MostWanted, Remark, Report
from processor.commands.build.sites import SITES
from processor.commands.build.sites.writing import written_for
from processor.commands.build.sources import add_sources
from processor.commands.build.stages import Stage, unseen
from processor.commands.build.stubs import ANSWERED, Made, add_stubs, lead_to_stubs
from processor.commands.build.titles import Titles
from processor.commands.build.videos import VideoLinks
from processor.commands.build.work import Work
from processor.config import Config
from processor.fix import FixResult, fix_vault
from processor.lint.linter import Linter
from processor.lint.packing import StoredFindings
from processor.rules.base import SEVERITIES, Finding, Severity, all_rules
from processor.vault.backlinks import links_to
from processor.vault.note import Note
from processor.vault.vault import Vault
from processor.vault.wanted import Wanted, name_key, wanted

PROMISED = ("missing-source",)  # what a build mends besides the safe fixes, whatever the configuration runs
_QUIET = frozenset(("wrong-case-link",))
"""Rules that are off, and of which a build makes the fixes: a site minds case, and Obsidian does not."""


@dataclass(frozen=True)
class Built:
    """The vault as it was built, and which of its notes differ from the source's (`changed`) or are new there (`added`). Where the copy is
    for another program than Obsidian, `written` is what it holds instead of some of these notes.
    """

    vault: Vault
    changed: tuple[str, ...]
    added: tuple[str, ...]
    index: str
    report: Report
    findings: Sequence[Finding]
    written: Mapping[str, Source]

    def source(self, path: str) -> Source:
        """Return what a note of the copy holds."""
        return self.written[path] if path in self.written else self.vault.notes[path].source


def build(vault: Vault, config: Config, options: Options, stage: Stage = unseen) -> Built:
    """Return the vault mended and cross-linked, in memory. `stage` is entered for each part that takes long."""
    return _Building(vault, config, options, stage).run()


class _Building:
    def __init__(self, vault: Vault, config: Config, options: Options, stage: Stage) -> None:
        self.work = Work(vault)
        self.options = options
        self.stage = stage
        self.site = SITES.get(options.for_)
        self.untouched = frozenset(p for p in vault.notes if config.is_excluded(p))
        mentions = ("unlinked-mention",) if options.link_mentions else ()
        self.quiet = _quiet(config)
        self.config = config.merge_cli(extend_select=(*config.command_line.extend_select, *mentions))
        linter = Linter(self.config, with_edits=True)
        self.judge = BuildJudge(linter, promoted=mentions, deferred=PROMISED)
        self.checked: dict[str, tuple[Note, StoredFindings]] = {}
        self.fixed: Counter[str] = Counter()
        self.unsettled: set[str] = set()

    def run(self) -> Built:
        work, options = self.work, self.options
        before = sum(work.vault.facts(clickable).values())
        first = self._fix(self._named(), "Mending")
        made = add_missing_hubs(work) if options.hubs else []
        if made:  # which may be what a slip in another `From:` line meant
            self._fix([p for p in lost(work.vault) if p not in self.untouched], "Mending")
        add_sources(work, self._only("missing-source"), self.untouched)
        titles = Titles(work.vault)
        if options.hubs:
            complete_hubs(work, self.config.url_style, self.untouched, titles)
        asks, unspelled = self._asks()
        counted = wanted(link.ask for link in asks.missing)
        missing = counted if options.missing == "keep" else wanted(link.ask for link in asks.all)
        stubs = self._treat(asks, missing)
        self._mend_quietly({*unspelled, *(path for one in stubs.values() for path in one.notes)})
        self._add_to_notes(first, titles)
        contents = Contents(stubs, missing, () if options.missing == "unlink" else missing)
        start = self._add_index(contents)
        if start in work.made_notes:
            self._mend_quietly({one.path for one in links_to(work.vault, start)} - self.untouched)
        self.judge.deferred = frozenset()
        result = self._fix(self._named(), "Checking", thorough=True)
        # the last fixes may have linked more stamps
        index = self._add_index(contents._replace(left=result.findings))
        vault = work.vault
        written = self._written_for_site()
        changed = sorted({*self._changed(), *(path for path in written if path in work.original.notes)})
        report = Report(
            notes=len(vault.notes),
            changed=len(changed),
            added=len(work.added),
            stamps=sum(vault.facts(stamp_count).values()),
            clickable=sum(vault.facts(clickable).values()),
            clickable_before=before,
            fixed=_by_family(self.fixed),
            made=dict(sorted((k, n) for k, n in work.made.items() if n)),
            hubs=len(vault.hubs),
            new_hubs=len(made),
            missing=len(counted),
            most_wanted=tuple(MostWanted(one.name, len(one.notes), one.links) for one in counted[:10]),
            stubs=len(stubs),
            left=_left(result.findings),
            index=index,
            remarks=self._remarks(result),
        )
        return Built(vault, tuple(changed), tuple(sorted(work.added)), index, report, result.findings, written)

    def _named(self) -> list[str]:
        return [p for p in self.work.vault.notes if p not in self.untouched]

    def _only(self, *rules: str, with_edits: bool = True) -> Linter:
        return Linter(self.config.merge_cli(select=rules), with_edits=with_edits)

    def _fix(self, paths: Sequence[str], label: str, *, thorough: bool = False) -> FixResult:
        with self.stage(label, len(paths)) as advance:
            result = fix_vault(
                self.work.vault,
                self.judge,
                paths,
                unsafe=self.options.unsafe,
                titles=False,
                advance=advance,
                checked=self.checked,
                thorough=thorough,
            )
        self.work.vault = result.vault
        self.checked |= result.checked
        for fixed in result.fixed:
            self.fixed[fixed.rule] += fixed.times
        return result

    def _asks(self) -> tuple[Asks, Sequence[str]]:
        """Return the links to nothing, but for those to the start note, which will be there; and the notes of which a rule says something
        that is off and whose fixes are made.
        """
        vault, named = self.work.vault, self._named()
        says = self._only(*sorted(self.quiet), with_edits=False).vault_check(vault) if self.quiet else None
        also = (lambda note: bool(says(note))) if says else None
        with self.stage("Linking", len(named)) as advance:
            asks, unspelled = links_to_nothing(vault, self._only(*DEAD, with_edits=False), named, advance, also)
        start = name_key(self.options.index) if isinstance(self.options.index, str) else ""
        return Asks(*([link for link in some if name_key(link.name) != start] for some in asks)), unspelled

    def _mend_quietly(self, paths: Collection[str]) -> None:
        """Mend in some notes what is mended though its rule is off."""
        if not self.quiet or not paths:
            return
        result = fix_vault(self.work.vault, self._only(*sorted(self.quiet)), paths, titles=False)
        self.work.vault = result.vault
        for fixed in result.fixed:
            self.fixed[fixed.rule] += fixed.times

    def _add_to_notes(self, first: FixResult, titles: Titles) -> None:
        """Add to each note what the options say."""
        vault, options = self.work.vault, self.options
        # a note that stands whole in a fence is to be mended first: words outside of the fence would hide what is wrong
        closed = self.untouched | {f.path for f in first.findings if f.rule == "fenced-note"}
        additions: list[tuple[Addition, Collection[str]]] = []
        if options.related:
            additions.append((Related(self.work, self.stage), closed))
        if options.video_link != "none":
            additions.append((VideoLinks(vault, options.video_link, self.config.url_style, titles), closed))
        if options.aliases:
            additions.append((Aliases(vault), self.untouched))
        if additions:
            add_to_notes(self.work, additions, self.stage)

    def _add_index(self, contents: Contents) -> str:
        name = self.options.index
        return (
            ""
            if name is False
            else add_index(self.work, self.untouched, name, contents, self.site.homes if self.site else ())
        )

    def _treat(self, asks: Asks, missing: Sequence[Wanted]) -> Made:
        """Do with the links to missing notes what the options say; return the stubs that were made."""
        if not missing or self.options.missing == "keep":
            return {}
        if self.options.missing == "stub":
            many = [m for m in missing if len(m.notes) >= self.options.missing_at_least]
            stubs = add_stubs(self.work, many, asks.all)
            lead_to_stubs(self.work, self._only(*ANSWERED), stubs, asks.files, self.stage)
            return stubs
        named = self._named()
        with self.stage("Unlinking", len(named)) as advance:
            result = unlink(self.work, self._only(*DEAD), named, advance)
        self.work.made["words instead of links"] += sum(f.times for f in result.fixed)
        return {}

    def _written_for_site(self) -> Mapping[str, Source]:
        """Return what the copy holds instead of notes that the program which it is for does not read as Obsidian does."""
        if self.site is None:
            return {}
        written, edits = written_for(self.site, self.work.vault, self.untouched, self.stage)
        self.work.made[f"changes for {self.options.for_}"] += edits
        return written

    def _changed(self) -> list[str]:
        old, new = self.work.original.notes, self.work.vault.notes
        return sorted(p for p, n in new.items() if p in old and n is not old[p] and n.encoded() != old[p].encoded())

    def _remarks(self, result: FixResult) -> tuple[Remark, ...]:
        found = list(self.work.remarks)
        if self.site:
            found += [Remark(path, why) for path, why in self.site.unseen(self.work.vault)]
        for path, rule, _, why, _ in result.left_out:
            found.append(Remark(path, f"a fix of {rule} was left out: {why}"))
        for path, rules in sorted(result.unsettled.items()):
            found.append(Remark(path, f"the fixes of {' and '.join(sorted(rules))} undo each other: a bug of ytvault"))
        return tuple(sorted(set(found)))


def _quiet(config: Config) -> frozenset[str]:
    """Return the rules that are off and of which a build makes the fixes: none that is ignored, and none of a family that is off."""
    rules, families = {rule.id for rule in config.rules()}, {rule.family for rule in config.rules()}
    known = all_rules()
    return frozenset(r for r in _QUIET - rules - {*config.ignore} if known[r].family in families)


def _by_family(fixed: Mapping[str, int]) -> dict[str, dict[str, int]]:
    families: dict[str, dict[str, int]] = {}
    for rule in all_rules().values():
        if fixed.get(rule.id):
            families.setdefault(rule.family, {})[rule.id] = fixed[rule.id]
    return families


def _left(findings: Sequence[Finding]) -> tuple[Left, ...]:
    counts: Counter[str] = Counter()
    unsafe: Counter[str] = Counter()
    severities: dict[str, Severity] = {}
    for f in findings:
        counts[f.rule] += 1
        unsafe[f.rule] += f.fix is not None and not f.fix.safe
        severities.setdefault(f.rule, f.severity)
        if SEVERITIES.index(f.severity) < SEVERITIES.index(severities[f.rule]):
            severities[f.rule] = f.severity
    order = sorted(counts, key=lambda r: (SEVERITIES.index(severities[r]), -counts[r], r))
    return tuple(Left(r, severities[r], counts[r], unsafe[r]) for r in order)
