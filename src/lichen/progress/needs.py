"""How severe each need was over time: what the index of reduction is reckoned from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["NeedCourse", "SeverityReading"]


@dataclass(frozen=True, slots=True)
class SeverityReading:
    """How severe its owner said a need was, at the baseline or at one check-in."""

    on: date
    """The day of the audit or of the check-in."""
    severity: int
    """0 gone, 1 slight to 5 total."""
    answered: bool = True
    """Whether the owner answered at that check-in; if not, what it said before stands in."""


@dataclass(frozen=True, slots=True)
class NeedCourse:
    """One need of one partner from the baseline on."""

    owner: str
    """Id of the partner whose need it is."""
    code: str
    """Its code in the taxonomy."""
    weight: float
    """How much it counts, as it was at the baseline and ever after; nothing that is said later changes it."""
    readings: tuple[SeverityReading, ...]
    """The baseline first, then one for each check-in; at least one."""
    is_new: bool = False
    """Whether it came up after the baseline, so that it is listed and never in the index."""

    @property
    def before(self) -> SeverityReading:
        """The first that is known of it."""
        return self.readings[0]

    @property
    def now(self) -> SeverityReading:
        """The last that is known of it."""
        return self.readings[-1]

    @property
    def fall(self) -> int:
        """By how many steps it has become less severe; below 0 where it got worse."""
        return self.before.severity - self.now.severity

    def severity_on(self, on: date) -> int | None:
        """How severe it was on a day, by the last reading until then; None before the first."""
        known = [reading.severity for reading in self.readings if reading.on <= on]
        return known[-1] if known else None
