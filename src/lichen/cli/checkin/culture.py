"""How differently the partners work, and who bridges it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_uppercase

import typer

from lichen.alliance.bridging import CultureBridge, culture_bridge
from lichen.checkin.culture import CultureGap, culture_gaps, culture_profiles
from lichen.checkin.values import CheckInRules, CultureProfile, Slider
from lichen.checkin.words import slider_ends, slider_name
from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.alliance.names import names_of, team_name
from lichen.cli.answers import Block, Column, Format, Layout, Line, Record, show, styled
from lichen.cli.days import On, day_given
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.language import _, ngettext
from lichen.paper import one_line

__all__ = ["app"]

app = commands()

Names = Mapping[str, str]
_TRACK = 24


@app.command(cls=Described)
def culture(file: AllianceFile = "alliance.yaml", on: On = None, layout: Format = Layout.TABLE) -> None:
    """Show how differently the partners work, and who bridges it.

    Each partner sets four sliders on itself; the charter names a liaison on each side, and says in how many days a
    request is answered. Ends with 1 where a liaison is missing, a reply is overdue, or one partner replies much more
    slowly than another; with 0 otherwise.

    Example:
        lichen checkin culture alliance.yaml
    """
    alliance, day = given_alliance(file), day_given(on)
    rules = next((each.rules for each in reversed(alliance.checkins) if each.held_on <= day), CheckInRules())
    profiles, names = culture_profiles(alliance.checkins, day), names_of(alliance)
    gaps, bridge = culture_gaps(profiles, rules), culture_bridge(alliance, day, rules)
    show(layout, *_blocks(profiles, gaps, bridge, names))
    late = any(each.is_slow or each.open_late for each in bridge.replies)
    raise typer.Exit(FINDINGS if bridge.missing or late else DONE)


def _blocks(
    profiles: Sequence[CultureProfile], gaps: Sequence[CultureGap], bridge: CultureBridge, names: Names
) -> Iterator[Block]:
    letters = {each.partner: _letter(place) for place, each in enumerate(profiles)}
    yield _sliders(profiles, gaps, letters, names)
    yield _distances(gaps, names)
    yield _liaisons(bridge, names)
    yield _replies(bridge, names)


def _letter(place: int) -> str:
    return ascii_uppercase[place] if place < len(ascii_uppercase) else "*"


def _sliders(profiles: Sequence[CultureProfile], gaps: Sequence[CultureGap], letters: Names, names: Names) -> Block:
    far = sum(gap.is_far for gap in gaps)
    told = ngettext("One pair works very differently.", "{far} pairs work very differently.", far).format(far=far)
    legend = ", ".join(f"{letter} {one_line(team_name(names, id))}" for id, letter in letters.items())
    return Block(
        columns=(
            Column("", lambda record: slider_name(record["slider"])),
            Column("", lambda record: slider_ends(record["slider"])[0]),
            Column("", lambda record: _track(record["places"], letters)),
            Column("", lambda record: slider_ends(record["slider"])[1]),
        ),
        records=[
            {
                "part": "slider",
                "slider": slider,
                "places": {each.partner: each.place(slider) for each in profiles if each.place(slider) is not None},
            }
            for slider in Slider
            if profiles
        ],
        heading=told if far else _("How the partners work") if profiles else "",
        note=legend,
        empty=_(
            "Nobody's way of working has been laid open yet. Have each partner set four sliders on itself, below "
            "culture of a check-in."
        ),
        gutter=1,
    )


def _track(places: Mapping[str, int], letters: Names) -> str:
    """A line with each partner's letter on it; those who stand together stand in one letter's place as +."""
    track = ["─"] * (_TRACK + 1)
    for partner, place in places.items():
        at = round(place * _TRACK / 100)
        track[at] = letters[partner] if track[at] == "─" else "+"
    return "".join(track)


def _distances(gaps: Sequence[CultureGap], names: Names) -> Block:
    return Block(
        columns=(Column("", lambda record: "–"), Column("", lambda record: record["sentence"])),
        records=[_gap_record(gap, names) for gap in gaps],
        heading=_("How far apart, of 100") if gaps else "",
    )


def _gap_record(gap: CultureGap, names: Names) -> Record:
    far = ", ".join(f"{slider_name(each.slider)} {each.size}" for each in gap.sliders if each.is_far)
    told = _("{one} and {other}: {distance}; far apart in {far}") if far else _("{one} and {other}: {distance}")
    return {
        "part": "distance",
        "one": gap.one,
        "other": gap.other,
        "distance": gap.distance,
        "is_far": gap.is_far,
        "sliders": {each.slider.value: each.size for each in gap.sliders},
        "sentence": told.format(
            one=one_line(team_name(names, gap.one)),
            other=one_line(team_name(names, gap.other)),
            distance=f"{gap.distance:.0f}",
            far=far,
        ),
    }


def _liaisons(bridge: CultureBridge, names: Names) -> Block:
    return Block(
        columns=(
            Column("", lambda record: one_line(team_name(names, record["partner"]))),
            Column("", lambda record: ", ".join(map(one_line, record["liaisons"])) or _("▲ nobody yet")),
        ),
        records=[
            {"part": "liaison", "partner": partner, "liaisons": list(people)}
            for partner, people in bridge.liaisons.items()
        ],
        heading=_("Who bridges"),
        note=_("Name one person on each side who knows both ways of working: is_liaison below contacts of the charter.")
        if bridge.missing
        else "",
    )


def _replies(bridge: CultureBridge, names: Names) -> Block:
    return Block(
        columns=(
            Column("", lambda record: one_line(team_name(names, record["partner"]))),
            Column(_("Replies"), lambda record: str(record["answered"]), True),
            Column(_("Half within"), _days, True),
            Column(_("Late"), lambda record: str(record["late"]), True),
        ),
        records=[
            {
                "part": "replies",
                "partner": each.partner,
                "answered": each.answered,
                "median_days": each.median_days,
                "ratio": each.ratio,
                "is_slow": each.is_slow,
                "late": each.late,
                "open_late": each.open_late,
                "longest_open": each.longest_open,
            }
            for each in bridge.replies
            if each.answered or each.longest_open is not None
        ],
        heading=_("How long replies take when a change is asked for"),
        empty=_("No change has been asked for yet, so there are no replies to time."),
        below=_slow,
    )


def _days(record: Record) -> str:
    days = record["median_days"]
    return "–" if days is None else ngettext("{days} day", "{days} days", round(days)).format(days=f"{days:g}")


def _slow(record: Record) -> Iterator[Line]:
    if record["open_late"]:
        told = _("{number} overdue, the oldest open for {days} days")
        yield styled("▲"), styled(told.format(number=record["open_late"], days=record["longest_open"]))
    if record["is_slow"]:
        told = _("{ratio} times as long as the quickest")
        yield styled("▲"), styled(told.format(ratio=f"{record['ratio']:.2g}"))
