"""Two years of the hospital and the churches: what was known on each day, and what Lichen would have said.

python examples/two_years_story.py
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from hospital_story import GREEN, chapter, command, console, facts, name_of
from rich.table import Table
from rich.text import Text

from lichen.alliance import Alliance, agreed_on, alliance_as_of, alliance_record, need_courses
from lichen.audit.findings import Weight
from lichen.charter import agreed_game, clause_watch, voting_power
from lichen.checkin import (
    Dimension,
    TrustMove,
    dimension_name,
    first_audit_findings,
    outgrown_needs,
    talking_points,
    trust_gaps,
    trust_moves,
    trust_waves,
)
from lichen.files.alliances import read_alliance_text
from lichen.fit.cover import best_offer
from lichen.paper import written_day
from lichen.pilot import compared_expectations, gate
from lichen.pilot.stair_words import gate_words
from lichen.pitfalls import FirstSaid, alert_words, pitfall_history, pitfalls, rule_of
from lichen.progress import (
    MeasuredNeed,
    MovedAlike,
    OutcomeResult,
    Reduction,
    attainment,
    measured_needs,
    outcome_result,
    reductions,
    satisfaction,
)
from lichen.progress.words import percent_words
from lichen.report import audience_of, left_out_words, report_for
from lichen.simulate import life_of, most_helpful_change, outlook, simulated_lives
from lichen.simulate.words import answer_words, caution_words, remedy_words

FILE = Path(__file__).parent / "alliances" / "two-years.yaml"
BAR = "rgb({},{},{})".format(*GREEN)
GOOD, WARN = "green", "yellow"


@dataclass(frozen=True)
class Then:
    """One day, and the alliance as its file stood on it: what came later is not in it."""

    day: date
    whole: Alliance

    @cached_property
    def known(self) -> Alliance:
        """What the file held then."""
        return alliance_as_of(self.whole, self.day)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The partners' names by their ids."""
        return {audit.organisation.id: audit.organisation.name for audit in self.known.partners}

    @cached_property
    def said(self) -> Sequence[FirstSaid]:
        """Every warning so far, each with the first day on which it would have been given."""
        return pitfall_history(self.known, self.day)

    def name(self, id: str) -> str:
        """What a partner is called."""
        return self.names[id]


def tell(number: int, title: str, then: Then, *parts: Table | Text) -> None:
    """A chapter with its day."""
    chapter(number, title, Text(written_day(then.day), style="dim"), *parts)


def rows(*lines: Iterable[str | Text]) -> Table:
    """Lines side by side, without a frame."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for line in lines:
        table.add_row(*line)
    return table


def bar(share: float, width: int = 20) -> Text:
    """A share of one as a line, as wide as the hospital's story draws it."""
    return Text("━" * round(max(0.0, share) * width), style=BAR)


def counted(number: int, one: str, many: str) -> str:
    """How many of something."""
    return f"{number} {one if number == 1 else many}"


def tell_first_audit(then: Then) -> None:
    """Trust both ways before anything is tried, and what to talk about."""
    wave = trust_waves(then.known.checkins, list(then.names), then.day)[-1]
    gaps = trust_gaps(wave)
    quick = next(gap for gap in gaps if gap.dimension is Dimension.TRUST)
    uneven = sum(gap.is_uneven for gap in gaps if gap.dimension is not Dimension.TRUST)
    point = talking_points(gaps, then.names)[0]
    starts_on = min(pilot.terms.starts_on for pilot in then.known.pilots if pilot.terms.starts_on)
    wrong = first_audit_findings(then.known.checkins, then.day, pilot_on=starts_on)
    sound = f"before the pilot of {written_day(starts_on)}, under names as announced, laid open to both at once"
    tell(
        1,
        "Before anything is tried, each says how far it trusts the other",
        then,
        rows(
            (then.name(quick.one), f"{quick.forth:g}", bar(quick.forth / 10)),
            (then.name(quick.other), f"{quick.back:g}", bar(quick.back / 10)),
        ),
        facts(
            ("From 1 to 10", point.what),
            ("In its kinds", f"uneven in {uneven} of {len(gaps) - 1}"),
            *(("To ask" if place == 0 else "", ask) for place, ask in enumerate(point.ask)),
            ("Held rightly?", ", ".join(wrong) or sound),
        ),
    )


def tell_gate(then: Then) -> None:
    """What was tried, and whether the alliance may grow."""
    pilot = then.known.pilots[-1]
    found = gate(then.known.pilots, pilot.rules)
    compared = compared_expectations(pilot, then.day)
    differed = [each for each in compared if each.is_open or each.settled]
    tried = (
        (
            Text("✓" if each.has_worked else "·", style=GOOD if each.has_worked else "dim"),
            "" if each.held_on is None else written_day(each.held_on),
            each.what,
            Text("" if each.has_worked else "not a success for all", style="dim"),
        )
        for each in found.attempts
    )
    tell(
        2,
        "Something small: does it work for both?",
        then,
        rows(*tried),
        facts(
            (
                "Beforehand",
                f"of {len(compared)} expectations, written unseen, {len(differed)} did not match; "
                f"{sum(each.is_open for each in differed)} left open",
            ),
            ("May it grow?", f"{gate_words(found)}."),
            ("What it taught", pilot.adjustment),
        ),
    )


def tell_charter(then: Then) -> None:
    """What both signed."""
    charter, ids = then.known.charter, list(then.names)
    agreement = alliance_record(then.known, then.day).agreement
    rule = charter.rule
    if rule is None or agreement is None:
        return
    power = voting_power(agreed_game(rule, ids, charter.exposures, on=then.day)).players
    shares = " and ".join(f"{float(each.shapley_shubik):.0%}" for each in power)
    first_on = charter.terms.first_check_in_on
    tell(
        3,
        "A charter, signed by both",
        then,
        facts(
            ("Since they met", counted(round(agreement.length), "day", "days")),
            ("Who decides", f"both, by {rule.method}: {shares} of the say"),
            ("If things change", f"capacity down by {charter.clause.terms.capacity_percent}% lets either ask anew"),
            ("Honest talk", "" if first_on is None else f"first on {written_day(first_on)}, then every quarter"),
        ),
    )


def tell_cut(then: Then, charter_on: date) -> None:
    """The cut, what the clause makes of it, and what had been said before."""
    watch = clause_watch(then.known.charter.clause, then.known.partners, on=then.day, agreed_on=charter_on)
    change, asked = watch.triggers[0].trigger, watch.requests[-1]
    last_day = "" if asked.deadline is None else f" until {written_day(asked.deadline)}"
    tell(
        4,
        "An autumn of cuts",
        then,
        facts(
            ("What fell", f"{change.what}: {float(change.before or 0):g} → {float(change.after or 0):g}"),
            (
                "By how much",
                f"{float(change.percent or 0):.0f}%; the clause begins at "
                f"{then.known.charter.clause.terms.capacity_percent}%",
            ),
            ("Asked for", asked.renegotiation.wanted),
            ("Where it stands", f"{asked.phase}{last_day}, then {asked.then}; owed meanwhile: {asked.duties}"),
        ),
        Text("What Lichen had said since the charter, and when first", style="dim"),
        rows(*first_said(then, charter_on)),
    )


def first_said(then: Then, since: date) -> Iterator[tuple[str | Text, ...]]:
    """The warnings that first came after a day, the first first; two of one rule and day are told once."""
    told: set[tuple[date, str]] = set()
    for each in then.said:
        rule = each.alert.rule
        if each.first_on > since and (each.first_on, rule) not in told:
            told.add((each.first_on, rule))
            sign = Text("▲" if rule_of(rule).weight is not Weight.LOOK else "·", style=WARN)
            yield sign, Text(each.first_on.isoformat(), style="dim"), alert_words(each.alert, then.names)


def tell_fall(then: Then) -> None:
    """Trust falls although the matter is settled, and what was said on that day."""
    settled = next(each for each in then.known.charter.clause.renegotiations if each.settled_on)
    *_earlier, before, now = trust_waves(then.known.checkins, list(then.names), then.day)
    fell = sorted((move for move in trust_moves(before, now) if move.change < 0), key=lambda move: move.change)
    quick = next(move for move in fell if move.dimension is Dimension.TRUST)
    asked = satisfaction(then.known.progress.surveys, then.day)[-1].questions
    lowest = min((each.lowest.mean for each in asked if each.lowest is not None), default=0)
    earlier = {(each.rule, each.concerns, each.about) for each in pitfalls(then.known, before.checkin.held_on)}
    new = [each for each in pitfalls(then.known, then.day) if (each.rule, each.concerns, each.about) not in earlier]
    point = talking_points(trust_gaps(now), then.names)[0]
    tell(
        5,
        "Settled, and still something is broken",
        then,
        facts(
            (
                "Settled",
                f"after {counted((settled.settled_on - settled.asked_on).days, 'day', 'days')}: {settled.settlement}"
                if settled.settled_on
                else "",
            ),
            ("And yet", f"{then.name(quick.by)} answers {quick.now:g}, a quarter ago {quick.before:g}"),
            ("It fell in", kinds_of(fell, quick.by)),
            ("How fair?", f"the lowest answer is {lowest:g} of 7"),
            *(
                ("Lichen says" if place == 0 else "", alert_words(each, then.names))
                for place, each in enumerate(new[:2])
            ),
            ("", f"{len(new)} such warnings are new since the last check-in"),
            ("To talk about", point.what),
            ("Begin with", point.ask[0]),
        ),
    )


def kinds_of(moves: Iterable[TrustMove], by: str) -> str:
    """In which kinds of trust one partner's answers moved."""
    return ", ".join(
        f"{dimension_name(move.dimension)} {move.before:g} → {move.now:g}"
        for move in moves
        if move.by == by and move.dimension is not Dimension.TRUST
    )


def tell_year(then: Then) -> None:
    """What has been reached: as they say, as it was measured, and beside others."""
    courses, progress = need_courses(then.known, then.day), then.known.progress
    own = [each for each in reductions(courses) if each.owner and each.index is not None]
    goals = attainment(progress.goals, then.day)
    tell(
        6,
        "What two years have eased, looked at in four ways",
        then,
        Text("As they say themselves", style="dim"),
        rows(*((then.name(each.owner), bar((each.index or 0) / 100), percent_words(each.index or 0)) for each in own)),
        *(part for each in own for part in worsened(each, then)),
        Text("As it was measured beside that", style="dim"),
        rows(*(measured(each) for each in measured_needs(progress.indicators, courses, then.day))),
        Text("As far as the goals that they set beforehand", style="dim"),
        rows(
            *(
                (then.name(each.owner), f"{each.start:.0f} → {each.now:.0f}; 50 is as expected")
                for each in goals
                if each.start is not None and each.now is not None
            )
        ),
        *(part for each in progress.outcomes for part in compared_with(outcome_result(each))),
    )


def worsened(each: Reduction, then: Then) -> Iterator[Text]:
    """What a partner's own figure hides."""
    for change in each.changes:
        if change.percent < 0:
            yield Text(
                f"but {name_of(change.need.code)}, of {then.name(each.owner)}: {percent_words(change.percent)}",
                style=WARN,
            )


def measured(each: MeasuredNeed) -> tuple[str | Text, ...]:
    """A measure beside the rating of its need; an eye on where the two part."""
    alike, unit = each.agreement is MovedAlike.SAME_WAY, each.indicator.unit
    told = "not measured twice yet"
    if each.first is not None and each.last is not None:
        told = f"{each.first.reading.value:,.10g} → {each.last.reading.value:,.10g}{'%' if unit == '%' else f' {unit}'}"
    words = {
        MovedAlike.SAME_WAY: "as they say",
        MovedAlike.UNMOVED: "unmoved, as they say",
        MovedAlike.RATING_AHEAD: "they call the need eased, and this did not follow",
        MovedAlike.MEASURE_AHEAD: "better, and they do not call the need eased",
        MovedAlike.UNKNOWN: "nothing to compare yet",
    }[each.agreement]
    return Text("✓" if alike else "▲", style=GOOD if alike else WARN), f"{each.indicator.what}: {told}; {words}"


def compared_with(found: OutcomeResult) -> Iterator[Table | Text]:
    """An outcome beside a comparison group, with how surely."""
    outcome, interval = found.outcome, found.interval
    yield Text("Beside others, whom the alliance does not reach", style="dim")
    surely = "no interval: figures are missing"
    if interval is not None:
        surely = f"from {interval.low:.0f} to {interval.high:.0f}; that it is the alliance's doing, no figure can prove"
    yield facts(
        ("What", outcome.what),
        ("Who", f"{outcome.reached.who}, beside {outcome.compared.who}"),
        ("Further by", f"{found.difference or 0:.1f} percentage points"),
        ("How surely", surely),
    )


def tell_needs(then: Then) -> None:
    """What nobody needs any more, and what nobody covers."""
    grown = outgrown_needs(then.known.partners, then.known.checkins, then.day)
    open_needs = [each for each in need_courses(then.known, then.day) if each.now.severity > 0]
    offers = {audit.organisation.id: audit.organisation.offers for audit in then.known.partners}
    alone = {
        need: [id for id, offered in offers.items() if id != need.owner and best_offer(need.code, offered)]
        for need in open_needs
    }
    bare = [need for need, covering in alone.items() if not covering]
    worst = max(bare, key=lambda need: need.now.severity)
    hanging = sum(len(covering) == 1 for covering in alone.values())
    tell(
        7,
        "What has been outgrown, and what hangs by one thread",
        then,
        rows(
            *(
                ("?", f"{then.name(each.owner)}: {name_of(each.code)}", f"severity {each.severity}, {each.times} times")
                for each in grown
            )
        ),
        facts(
            ("Ask together", "Has this been outgrown? Then free the help for something else."),
            (
                "Nobody covers",
                f"{name_of(worst.code)}, of {then.name(worst.owner)}: severity "
                f"{worst.before.severity} at first, {worst.now.severity} now",
            ),
            (
                "If one leaves",
                f"{hanging} of {len(open_needs)} needs are covered by the other partner alone, {len(bare)} by nobody",
            ),
        ),
    )


def tell_what_if(then: Then) -> None:
    """How long it might live, on assumptions that nobody has validated."""
    life = life_of(then.known, then.day).life
    found, advice = outlook(simulated_lives(life)), most_helpful_change(life)
    best = advice.best or (advice.effects[0] if advice.effects else None)
    if best is None:
        return
    saved = (
        f"{100 * best.saved:.1f} more of 100 lives ({100 * best.between.low:+.1f} to {100 * best.between.high:+.1f})"
    )
    helps = f"{remedy_words(best.remedy, then.names.get(best.partner, ''))}: {saved}"
    tell(
        8,
        "What if? Played through, unvalidated",
        then,
        facts(
            ("The answer", answer_words(found)),
            ("Would help most", helps if advice.best else f"nothing stands out; first of all, {helps}"),
            ("Mind", caution_words()),
        ),
    )


def tell_reports(then: Then) -> None:
    """Who is shown what, and what is left out for whom."""
    audiences = [audience_of(then.whole, kind) for kind in ("board", "funder")]
    board, funder = (report_for(then.whole, each, then.day) for each in audiences)
    shown = {section.name for section in funder.sections}
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("What stands in it", "Board", "Funder"):
        table.add_column(heading)
    for section in board.sections:
        table.add_row(section.heading, Text("✓", style=GOOD), Text("✓" if section.name in shown else "–", style="dim"))
    tell(
        9,
        "What goes into the board's report, and what into the funder's",
        then,
        table,
        facts(
            *(
                (name, left_out_words(then.whole, each, then.day))
                for name, each in zip(("The board's", "The funder's"), audiences, strict=True)
            )
        ),
    )


def main() -> None:
    """Tell the two years, each chapter with what was known on its day."""
    whole = read_alliance_text(FILE.read_bytes())
    held = [each.held_on for each in whole.checkins]
    pilot, asked = whole.pilots[-1], whole.charter.clause.renegotiations[0]
    charter_on = agreed_on(whole, held[-1])
    if charter_on is None or pilot.adjusted_on is None:
        return
    fell_on = next(day for day in held if asked.settled_on is not None and day > asked.settled_on)
    first, tried, signed, cut, fell, last = (
        Then(day, whole) for day in (held[0], pilot.adjusted_on, charter_on, asked.asked_on, fell_on, held[-1])
    )
    console.print(f"\n[bold]{whole.name}[/]: two years, with each day told as it looked on that day.\n")
    tell_first_audit(first)
    tell_gate(tried)
    tell_charter(signed)
    tell_cut(cut, charter_on)
    tell_fall(fell)
    tell_year(last)
    tell_needs(last)
    tell_what_if(last)
    tell_reports(last)
    file = FILE.relative_to(Path.cwd()) if FILE.is_relative_to(Path.cwd()) else FILE
    for hint, line in (("Your turn:", "checkin trust"), ("and then", "pitfalls")):
        console.print(Text.assemble((f"{hint:<11}", "bold"), f" {command()} {line} {file}"), soft_wrap=True)
    console.print()


if __name__ == "__main__":
    main()
