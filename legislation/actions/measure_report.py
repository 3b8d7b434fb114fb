"""What an import of measures read, changed, could not read and could not match."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from legislation.sources.records import Remark

_MOST_NAMES, _MOST_REMARKS = 200, 1_000


@dataclass
class Tally:
    """The counts of some records. `unmatched`: how often each name stands for which nobody was found.

    `odd`: what was accepted as the source has it, though it is strange.
    """

    counts: Counter[str] = field(default_factory=Counter)
    unmatched: Counter[str] = field(default_factory=Counter)
    refused: list[Remark] = field(default_factory=list)
    odd: list[Remark] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.counts.update(other.counts)
        self.unmatched.update(other.unmatched)
        self.refused += other.refused
        self.odd += other.odd


@dataclass
class Report(Tally):
    """One run. `failures` are files that broke off; what stood before the break is in."""

    source: str = ""
    label: str = ""
    dry_run: bool = False
    newest_fact: date | None = None
    notices: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """Measures and roll calls of which the source says something new."""
        names = ("created", "updated", "roll_calls_created", "roll_calls_updated")
        return sum(self.counts[name] for name in names)

    def all_counts(self) -> dict[str, int]:
        """In a fixed set of names, so that runs can be compared."""
        always = dict.fromkeys(("created", "updated", "unchanged"), 0)
        measured = {"unmatched": self.unmatched.total(), "refused": len(self.refused)}
        return always | {name: number for name, number in self.counts.items() if number} | measured

    def as_data(self) -> dict[str, Any]:
        """The report for machines; long lists are cut, their totals are in the counts."""
        return {
            "source": self.source,
            "label": self.label,
            "dry_run": self.dry_run,
            "newest_fact": self.newest_fact.isoformat() if self.newest_fact else None,
            "changes": self.changes,
            "counts": self.all_counts(),
            "unmatched": dict(self.unmatched.most_common(_MOST_NAMES)),
            "refused": [remark._asdict() for remark in self.refused[:_MOST_REMARKS]],
            "odd": [remark._asdict() for remark in self.odd[:_MOST_REMARKS]],
            "notices": self.notices[:_MOST_REMARKS],
            "failures": self.failures,
        }
