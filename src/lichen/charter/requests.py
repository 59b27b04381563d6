"""A change asked of a partner: a clock, a liaison on each side, an answer, and a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from lichen.charter.votes.values import ANSWER_DAYS
from lichen.days import TOO_FAR
from lichen.errors import InputError, NotAllowed, Problem
from lichen.language import _

__all__ = [
    "ChangeRequest",
    "Reply",
    "RequestFinding",
    "RequestState",
    "RequestStatus",
    "answer_request",
    "request_state",
]


class Reply(StrEnum):
    """What a partner answers when a change is asked of it."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    """With a reason."""
    COUNTER_PROPOSAL = "counter-proposal"
    """Not this, but something else, in words."""


class RequestStatus(StrEnum):
    """How it stands with a request."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    """The last day for an answer has passed, and there is none."""
    ANSWERED = "answered"


class RequestFinding(StrEnum):
    """What a request lacks."""

    NO_LIAISON_ASKING = "no-liaison-asking"
    """Nobody is named who bridges for the side that asks."""
    NO_LIAISON_ASKED = "no-liaison-asked"
    """Nobody is named who bridges for the side that is asked."""
    NO_WORDS = "no-words"
    """It was declined without a reason, or the counter-proposal is not told."""


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """A change that one partner asks of another.

    Raises:
        InputError: Something is not named, a day lies before the day of asking, or that lies too far ahead.
    """

    id: str
    """Short and unique in the alliance, such as ``shorter-forms``."""
    by: str
    """The id of the partner that asks."""
    to: str
    """The id of the partner that is asked."""
    what: str
    """What is asked for."""
    asked_on: date
    """The day on which the clock starts."""
    answer_by: date | None = None
    """The last day for an answer; None takes the days of the rule."""
    liaison_asking: str = ""
    """The person who bridges for the side that asks."""
    liaison_asked: str = ""
    """The person who bridges for the side that is asked."""
    answer: Reply | None = None
    """None while it waits."""
    answered_on: date | None = None
    """The day of the answer."""
    answered_by: str = ""
    """The person who answered."""
    words: str = ""
    """Why not, or what instead."""

    def __post_init__(self) -> None:
        named = (("id", self.id), ("by", self.by), ("to", self.to), ("what", self.what))
        days = (("answer_by", self.answer_by), ("answered_on", self.answered_on))
        problems = [
            Problem(_("it is empty"), _("an id, or a few words"), column=column)
            for column, name in named
            if not name.strip()
        ]
        problems += [
            Problem(_("it lies before the day of asking"), _("that day or later"), column=column)
            for column, day in days
            if day is not None and day < self.asked_on
        ]
        if self.asked_on >= TOO_FAR:
            problems.append(Problem(_("the year lies too far ahead"), _("a year before 9000"), column="asked_on"))
        if (self.answer is None) != (self.answered_on is None):
            problems.append(
                Problem(_("an answer and its day go together"), _("both, or neither"), column="answered_on")
            )
        if problems:
            raise InputError(problems)

    @property
    def lacks_words(self) -> bool:
        """Whether the answer needs words and has none: a no its reason, a counter-proposal what it proposes."""
        return self.answer in (Reply.DECLINED, Reply.COUNTER_PROPOSAL) and not self.words.strip()


@dataclass(frozen=True, slots=True)
class RequestState:
    """How it stands with a request on a day."""

    request: str
    """The request's id."""
    status: RequestStatus
    """Waiting, overdue, or answered."""
    due_on: date
    """The last day for an answer."""
    days: int
    """Days from asking to the answer, or to this day while there is none."""
    late: int
    """Days after ``due_on``; 0 where it is not late."""
    findings: tuple[RequestFinding, ...]
    """What it lacks."""

    @property
    def is_open(self) -> bool:
        """Whether there is no answer yet."""
        return self.status is not RequestStatus.ANSWERED

    @property
    def needs_mending(self) -> bool:
        """Whether somebody should do something about it: it is overdue, or lacks something."""
        return self.status is RequestStatus.OVERDUE or bool(self.findings)


def request_state(request: ChangeRequest, *, on: date, answer_days: int = ANSWER_DAYS) -> RequestState:
    """How it stands with a request: waiting or answered, since when, and whether that is late.

    Args:
        request: The request.
        on: The day; an answer that came later is left out.
        answer_days: How long an answer may take, unless the request says itself; the rule's ``answer_days``.

    Raises:
        InputError: The day lies before the day of asking.

    Source:
        The article's pitfall 3: an answer within two weeks, and a "culture bridge" on each side.

    Example:
        >>> request = ChangeRequest("forms", "startup", "city", "A shorter form", date(2026, 5, 1))
        >>> state = request_state(request, on=date(2026, 5, 18))
        >>> state.status.value, state.days, state.late, str(state.due_on)
        ('overdue', 17, 3, '2026-05-15')
    """
    if on < request.asked_on:
        raise InputError(Problem(_("the request had not been made on that day"), _("a later day"), column="on"))
    is_answered = request.answered_on is not None and request.answered_on <= on
    end = request.answered_on if request.answered_on is not None and is_answered else on
    due_on = request.answer_by or request.asked_on + timedelta(days=answer_days)
    late = max(0, (end - due_on).days)
    open_status = RequestStatus.OVERDUE if late else RequestStatus.WAITING
    return RequestState(
        request=request.id,
        status=RequestStatus.ANSWERED if is_answered else open_status,
        due_on=due_on,
        days=(end - request.asked_on).days,
        late=late,
        findings=tuple(_findings(request, is_answered)),
    )


def answer_request(request: ChangeRequest, answer: Reply, words: str = "", *, on: date, person: str) -> ChangeRequest:
    """Answer a request: yes, no with a reason, or a counter-proposal.

    Args:
        request: One that waits.
        answer: Which of the three.
        words: Why not, or what instead.
        on: The day of the answer.
        person: Who answers.

    Raises:
        NotAllowed: It has been answered before, or an answer other than yes has no words.
        InputError: The day lies before the day of asking.
    """
    if request.answer is not None:
        raise NotAllowed("request-answered-already", _("The request has been answered; a new one can be made."))
    answered = replace(request, answer=answer, words=words, answered_on=on, answered_by=person)
    if answered.lacks_words:
        raise NotAllowed("answer-with-reason", _("Say why not, or what instead: only a yes needs no words."))
    return answered


def _findings(request: ChangeRequest, is_answered: bool) -> Iterator[RequestFinding]:
    if not is_answered and not request.liaison_asking.strip():
        yield RequestFinding.NO_LIAISON_ASKING
    if not is_answered and not request.liaison_asked.strip():
        yield RequestFinding.NO_LIAISON_ASKED
    if is_answered and request.lacks_words:
        yield RequestFinding.NO_WORDS
