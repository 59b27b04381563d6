"""Check-ins of the hospital and the churches, from the first trust audit on, for the tests of this stage."""

from __future__ import annotations

from datetime import date

from lichen.alliance.values import Alliance
from lichen.charter.agreement.terms import AgreementTerms, Contact
from lichen.charter.requests import ChangeRequest, Reply
from lichen.charter.values import Charter
from lichen.checkin.values import CheckIn, CultureProfile, NeedNow, ServedAnswer, TrustRating
from lichen.pilot.values import Pilot, PilotTerms
from tests.cast import churches_audit, hospital_audit

H, C = "example-hospital", "example-churches"
HEARD = "Were you listened to?"
KINDS = ("vulnerability", "integrity", "reliability", "ability", "shared_aims", "power_sharing", "reciprocity")


def rating(by: str, about: str, trust: int, kinds: str = "", person: str = "") -> TrustRating:
    """The seven kinds as seven digits, in the order in which they are asked."""
    return TrustRating(by, about, trust, person=person, **dict(zip(KINDS, map(int, kinds), strict=False)))


def team(by: str, about: str, answers: dict[str, int]) -> tuple[TrustRating, ...]:
    return tuple(rating(by, about, trust, person=person) for person, trust in answers.items())


first = CheckIn(
    date(2026, 9, 21),
    announced_on=date(2026, 9, 14),
    revealed_on=date(2026, 9, 23),
    answered_by=(H, C),
    trust=(rating(H, C, 8, "3544544"), rating(C, H, 4, "2335423")),
    culture=(CultureProfile(H, 20, 30, 95, 25), CultureProfile(C, 75, 80, 30, 85)),
)
december = CheckIn(
    date(2026, 12, 21),
    revealed_on=date(2026, 12, 22),
    answered_by=(H, C),
    trust=(
        *team(H, C, {"Ann": 8, "Ben": 7, "Cleo": 9, "Dev": 6, "Eva": 8}),
        *team(C, H, {"Femi": 5, "Gus": 6, "Hana": 4, "Ines": 6, "Joy": 5}),
    ),
    needs=(NeedNow(C, "funding.fundraising", 3), NeedNow(H, "people.languages", 1)),
    served=(ServedAnswer(date(2026, 12, 6), HEARD, (2, 5, 11, 14, 8), "visitors of the fair", 60, 9),),
)
march = CheckIn(
    date(2027, 4, 2),
    revealed_on=date(2027, 4, 3),
    answered_by=(H,),
    trust=team(H, C, {"Ann": 9, "Ben": 8, "Cleo": 9, "Dev": 7, "Eva": 9, "Zoe": 2}),
    needs=(NeedNow(H, "people.volunteers", 0), NeedNow(H, "ops.logistics", 2, is_new=True)),
    served=(ServedAnswer(date(2027, 3, 7), HEARD, (1, 2, 9, 20, 14), "visitors of the fair", 60, 4),),
)
quarters = (first, december, march)

alliance = Alliance(
    "Eastfield Health",
    "GBP",
    partners=(hospital_audit, churches_audit),
    pilots=(Pilot("fairs", (H, C), terms=PilotTerms(date(2026, 10, 1), date(2026, 12, 1))),),
    charter=Charter(
        requests=(
            ChangeRequest(
                "forms",
                C,
                H,
                "A shorter form",
                date(2026, 10, 5),
                answer=Reply.ACCEPTED,
                answered_on=date(2026, 10, 17),
                liaison_asking="Ama",
                liaison_asked="Dr Shah",
            ),
            ChangeRequest(
                "hall",
                H,
                C,
                "The other hall",
                date(2026, 10, 5),
                answer=Reply.ACCEPTED,
                answered_on=date(2026, 10, 7),
                liaison_asking="Dr Shah",
                liaison_asked="Ama",
            ),
            ChangeRequest("nurse", C, H, "A second nurse", date(2027, 3, 1), liaison_asking="Ama"),
        ),
        terms=AgreementTerms(contacts=(Contact(C, "Ama Mensah", "secretary", is_liaison=True),)),
    ),
    checkins=quarters,
)
