"""Asking the advisor's questions: one at a time at a terminal, all at once from a pipe, never waiting for nobody."""

from __future__ import annotations

import io
import select
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lichen.advisor.values import ANSWERS, Asked, Situation
from lichen.advisor.words import asked_words
from lichen.cli.answers import say, screen, styled
from lichen.errors import InputError, Problem
from lichen.files.answered import read_answers
from lichen.language import _

__all__ = ["asked_situation", "given_situation"]

_PATIENCE = 2.0
"""Seconds for which a pipe is waited for; from one that stays silent nothing is read, so that no script hangs."""
_LARGEST = 65_536
_STOP = "."


def given_situation(answers: Path | None, single: Sequence[str]) -> Situation:
    """The situation in a file of answers and in single ones, which win.

    Args:
        answers: The file; None is none.
        single: Each as ``question=answer``.

    Raises:
        InputError: There is no such question or answer; all of them at once.
    """
    told = {**(read_answers(answers) if answers is not None else {}), **dict(_parted(each) for each in single)}
    unknown = [question for question in told if question not in tuple(Asked)]
    if unknown:
        raise InputError([Problem(_("there is no such question"), ", ".join(Asked), column=each) for each in unknown])
    return Situation({Asked(question): answer.strip() for question, answer in told.items()})


def asked_situation() -> Situation:
    """The situation as a person answers it, or a pipe that bears one answer a line."""
    if sys.stdin.isatty():
        told = _("{count} questions. Type a number; Enter leaves one open, a full stop ends.")
        say(told.format(count=len(Asked)), error=True)
        return _asked(_typed)
    lines = iter(_piped().splitlines())
    return _asked(lambda _asked_now: next(lines, _STOP))


def _asked(answer: Callable[[Asked], str]) -> Situation:
    found: dict[Asked, str] = {}
    for asked in Asked:
        given = answer(asked).strip()
        if given == _STOP:
            break
        if given:
            found[asked] = _understood(asked, given)
    return Situation(found)


def _typed(asked: Asked) -> str:
    """What a person types to one question, asked again until it is one of its answers."""
    for line in _question(asked):
        screen(error=True).print(line)
    while True:
        screen(error=True).print(styled(("> ", "bold")), end="")
        line = sys.stdin.readline()
        if not line:
            return _STOP
        if line.strip() in ("", _STOP):
            return line
        try:
            return _understood(asked, line.strip())
        except InputError as refusal:
            say(refusal.problems[0].right, error=True)


def _question(asked: Asked) -> Iterator[str]:
    words, place = asked_words()[asked], 1 + list(Asked).index(asked)
    yield ""
    yield _("{place} of {all}. {question}").format(place=place, all=len(Asked), question=words.question)
    for number, told in enumerate(words.answers.values(), 1):
        yield _("  {number}  {answer}").format(number=number, answer=told)


def _understood(asked: Asked, given: str) -> str:
    """An answer by its number, or as it is written in a file."""
    possible = ANSWERS[asked]
    if given.isdecimal() and 1 <= int(given) <= len(possible):
        return possible[int(given) - 1]
    if given in possible:
        return given
    right = _("a number from 1 to {most}, or {answers}").format(most=len(possible), answers=", ".join(possible))
    raise InputError(Problem(_("this is none of the answers"), right, column=asked))


def _parted(given: str) -> tuple[str, str]:
    question, sign, answer = given.partition("=")
    if not sign:
        raise InputError(Problem(_("this is no answer"), _("question=answer, such as horizon=long"), column="--answer"))
    return question.strip(), answer


def _piped() -> str:
    try:
        ready: Sequence[object] = select.select([sys.stdin], [], [], _PATIENCE)[0]
    except (io.UnsupportedOperation, OSError, ValueError):
        ready = (sys.stdin,)  # it is no pipe of the system, so it need not be waited for
    return sys.stdin.read(_LARGEST) if ready else ""
