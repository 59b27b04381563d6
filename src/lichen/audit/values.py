"""What an organisation says of itself: the frozen values that everything else works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import InputError, Problem
from lichen.scales import FIVE_STEPS, Relevance, Sector, Sensitivity, Size, effective_strength

__all__ = ["Audit", "Offer", "Opening", "Organisation", "Readiness", "Source", "Vulnerability"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item comes from that the organisation did not itself put into its audit.

    Raises:
        InputError: The confidence is not from 0 to 1.
    """

    name: str
    """The document, such as ``Charity Commission register, activities``."""
    sentence: str
    """The sentence in it that suggests the item, as it stands there."""
    confidence: float
    """0 to 1: how likely the sentence means this. Only inferred items have one."""
    url: str = ""
    """Where the document can be read, if anywhere."""

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise InputError(Problem("the confidence of a source is out of range", "a number from 0 to 1"))


@dataclass(frozen=True, slots=True)
class Vulnerability:
    """One gap that an organisation has recorded: a capability it lacks and could use help with.

    Raises:
        InputError: The severity is not 1 to 5, or the rank is below 1.
    """

    code: str
    """A code of the taxonomy. Unknown codes are allowed here, so that ``review`` can tell of them all; empty where no
    capability was recognised in the words."""
    severity: int = 3
    """1 slight (nearly all of it is there), 2 minor, 3 real, 4 serious, 5 total (nothing of it is there)."""
    rank: int | None = None
    """1 needs outside help most; None is unranked."""
    core: bool = False
    """Whether a decision that touches it may be vetoed later on."""
    sensitivity: Sensitivity | None = None
    """None takes the taxonomy's default for the code."""
    relevance: Relevance = Relevance.UNASKED
    """The answer to the relevance filter."""
    words: str = ""
    """The organisation's own words."""
    source: Source | None = None
    """None: stated in the organisation's own audit."""
    confirmed: bool = True
    """False while the code was only recognised in the words (or comes from a split) and nobody said yes."""

    def __post_init__(self) -> None:
        _check_step("severity", self.severity)
        if self.rank is not None and self.rank < 1:
            raise InputError(Problem("a rank is below 1", "1 for what needs outside help most, then 2, 3, …"))

    @property
    def confidence(self) -> float:
        """1 for what the organisation itself states, else that of its source."""
        return 1.0 if self.source is None else self.source.confidence

    @property
    def guarded(self) -> Sensitivity:
        """The sensitivity that holds: the owner's, else the taxonomy's, else high for an unknown code."""
        if self.sensitivity is not None:
            return self.sensitivity
        capability = taxonomy().capabilities.get(self.code)
        return Sensitivity.HIGH if capability is None else capability.sensitivity


@dataclass(frozen=True, slots=True)
class Offer:
    """One capability that an organisation has and could give some of.

    Raises:
        InputError: The strength or the evidence is not 1 to 5.
    """

    code: str
    """A code of the taxonomy; unknown ones are allowed, as in a vulnerability."""
    strength: int = 3
    """1 a little to 5 excellent, as the organisation sees it."""
    evidence: int = 1
    """Step on the evidence ladder: 1 self-said, 2 named example, 3 document, 4 third party, 5 measured."""
    kinds: tuple[str, ...] = ()
    """Exchange kinds by which it would be given; empty takes the taxonomy's usual ones."""
    spare: str = ""
    """Spare capacity in the organisation's own words, such as ``two afternoons a month``."""
    words: str = ""
    """The organisation's own words."""
    source: Source | None = None
    """None: stated in the organisation's own audit."""
    confirmed: bool = True
    """As in a vulnerability."""

    def __post_init__(self) -> None:
        _check_step("strength", self.strength)
        _check_step("evidence", self.evidence)

    @property
    def confidence(self) -> float:
        """1 for what the organisation itself states, else that of its source."""
        return 1.0 if self.source is None else self.source.confidence

    @property
    def effective(self) -> float:
        """Strength × evidence × confidence, as a share of one (see ``scales.effective_strength``)."""
        return effective_strength(self.strength, self.evidence, self.confidence)

    @property
    def given_as(self) -> tuple[str, ...]:
        """The exchange kinds by which it would be given."""
        if self.kinds:
            return self.kinds
        capability = taxonomy().capabilities.get(self.code)
        return () if capability is None else capability.kinds


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation with what it lacks and what it can offer.

    No vulnerabilities means that nobody knows them, not that there are none; the same holds for offers.
    """

    id: str
    """In org-id style where there is one, such as ``GB-CHC-1000340``."""
    name: str
    """What it calls itself."""
    sector: Sector = Sector.OTHER
    """What kind of organisation it is."""
    country: str = ""
    """ISO 3166 alpha-2 code, such as ``GB``."""
    region: str = ""
    """Region in the country's own words, such as ``Yorkshire``."""
    size: Size = Size.UNKNOWN
    """Band of yearly income."""
    vulnerabilities: tuple[Vulnerability, ...] = ()
    """What it lacks, in the order in which it wrote it down."""
    offers: tuple[Offer, ...] = ()
    """What it can give."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the organisation is ready to be open, as the article has it (step 1 and question 1)."""

    leadership_aligned: bool | None = None
    """Whether the leadership stands behind the audit; None is not said."""
    hours: float | None = None
    """Hours the leadership team spent on the audit; the article recommends at least two."""
    people: int | None = None
    """How many people took part."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The article's two opening questions, answered in the organisation's own words."""

    worst_at: str = ""
    """What are you worst at?"""
    awake_at_night: str = ""
    """What keeps you up at night?"""


@dataclass(frozen=True, slots=True)
class Audit:
    """One organisation's audit, as one file or one form holds it."""

    organisation: Organisation
    """Who it is about, with what it lacks and what it can give."""
    readiness: Readiness = field(default_factory=Readiness)
    """Whether it is ready to be open."""
    opening: Opening = field(default_factory=Opening)
    """Its answers to the two opening questions."""
    audited_on: date | None = None
    """The day it was finished; None is not said."""


def _check_step(name: str, value: int) -> None:
    if isinstance(value, bool) or value not in FIVE_STEPS:
        raise InputError(Problem(f"{name} is out of range", "1, 2, 3, 4 or 5", column=name))
