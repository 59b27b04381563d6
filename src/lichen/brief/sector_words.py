"""How organisations of each sector count value, and how to speak to them of it: the table that ships."""

from __future__ import annotations

from lichen.brief.words import SectorWords
from lichen.language import _
from lichen.scales import Sector

__all__ = ["sector_words"]


def sector_words() -> dict[Sector, SectorWords]:
    """Each sector's language of value, in the language being spoken.

    Example:
        >>> sector_words()[Sector.FUNDER].reassure
        'I have not come with a bid.'
    """
    return {
        Sector.BUSINESS: _business(),
        Sector.NONPROFIT: _nonprofit(),
        Sector.GOVERNMENT: _government(),
        Sector.FAITH: _faith(),
        Sector.EDUCATION: _education(),
        Sector.HEALTH: _health(),
        Sector.COOPERATIVE: _cooperative(),
        Sector.FUNDER: _funder(),
        Sector.OTHER: _other(),
    }


def _claimed() -> str:
    return _("claimed in the article that this method comes from; no source found")


def _guessed() -> str:
    return _("a guess of Lichen's; no source")


def _business() -> SectorWords:
    return SectorWords(
        called=_("companies"),
        answers_to=_("board"),
        counts=(
            _("customers who stay"),
            _("a good name where they trade"),
            _("staff who are proud of the place"),
            _("fewer nasty surprises"),
            _("cost for each result"),
        ),
        ask=_(
            "Say what you lack in one line, and what lacking it costs you. Ask for something they have to "
            "spare, not for a gift."
        ),
        offer=_(
            "Tie it to their own business: their name where they trade, staff who want to stay, things that "
            "go wrong less often."
        ),
        avoid=_("“Good cause”, “giving back”, and anything that has no end date."),
        reassure=_("I have not come for a donation."),
        report=_(
            "We tried {step} with {us}, within {months} and at a cost we capped. We gave what we had to spare "
            "and got {gain}, which we could not easily have bought. We go on only if the result says so."
        ),
        often_lacks=(
            "trust.community",
            "governance.mission_focus",
        ),
        says_who=_claimed(),
    )


def _nonprofit() -> SectorWords:
    return SectorWords(
        called=_("charities"),
        answers_to=_("trustees"),
        counts=(
            _("people helped"),
            _("the mission"),
            _("what those they serve say of it"),
            _("costs covered in full"),
            _("not being pulled off course"),
        ),
        ask=_(
            "Show where the thing they are good at is the thing that is missing. Say that you will cover the "
            "time it takes them."
        ),
        offer=_(
            "Say what it would do for the people they serve, then what it would take off the shoulders of their staff."
        ),
        avoid=_("“Leverage”, “efficiency”, a row of logos, and a trial that they pay for."),
        reassure=_("I have not come to put our badge on your work."),
        report=_(
            "We tried {step} with {us}, within {months}. It served our purpose, it cost us no money that we "
            "need elsewhere, and it brought us {gain}. We can stop whenever we judge that it pulls us off "
            "course."
        ),
        often_lacks=(
            "ops.scaling",
            "market.business_expertise",
        ),
        says_who=_claimed(),
    )


def _government() -> SectorWords:
    return SectorWords(
        called=_("public bodies"),
        answers_to=_("council or minister"),
        counts=(
            _("a duty met"),
            _("fair treatment of everyone"),
            _("public money well spent"),
            _("fewer complaints"),
            _("a decision that can be defended"),
        ),
        ask=_(
            "Ask for what they are allowed to give: access, figures under an agreement, a letter. Do not ask "
            "for a contract."
        ),
        offer=_("Tie it to a duty that they already have, and say what it spares the public purse."),
        avoid=_("“Disrupt”, anything that looks like a way round procurement, and a date that no committee can meet."),
        reassure=_("I am not selling anything, and I know that you cannot promise me anything today."),
        report=_(
            "It was {step} with {us}: small, capped, ended within {months}, and open for anyone to look at. "
            "It brought us {gain}, and nobody gained an advantage in a later tender."
        ),
        often_lacks=(
            "governance.adaptability",
            "governance.innovation_culture",
        ),
        says_who=_claimed(),
    )


def _faith() -> SectorWords:
    return SectorWords(
        called=_("faith communities"),
        answers_to=_("council and your people"),
        counts=(
            _("people cared for"),
            _("dignity"),
            _("being asked rather than used"),
            _("trust kept"),
            _("doors that are open"),
        ),
        ask=_(
            "Ask for their company before you ask for access. What their people trust is not theirs to lend "
            "until their people have been asked."
        ),
        offer=_(
            "Offer it to persons rather than to the institution: what would it do for those who come through "
            "their doors this month?"
        ),
        avoid=_("“Target group”, “hard to reach”, “footfall”, and turning worship into a channel."),
        reassure=_("I am not asking you to speak for us before you have seen how we behave."),
        report=_(
            "We agreed to {step} with {us}, and no more, within {months}. Our people were asked first, nobody "
            "was used, and we can stop at any time. What came to us was {gain}."
        ),
        often_lacks=(
            "funding.fundraising",
            "people.staff_capacity",
            "ops.compliance_reporting",
        ),
        says_who=_guessed(),
    )


def _education() -> SectorWords:
    return SectorWords(
        called=_("schools and colleges"),
        answers_to=_("governors"),
        counts=(
            _("time for teaching"),
            _("pupils who get on"),
            _("pupils who turn up"),
            _("pupils who are safe"),
            _("nothing more on teachers' desks"),
        ),
        ask=_("Ask for something that fits the timetable they have. Say who on your side will do the arranging."),
        offer=_("Say what it would do for pupils, and which hour of a teacher's week it gives back."),
        avoid=_("“Stakeholders”, a launch in exam weeks, and pupils as publicity."),
        reassure=_("I have not come with one more thing for your teachers to do."),
        report=_(
            "We tried {step} with {us}, within {months}. It brought our pupils {gain}, took no teaching time "
            "that we did not agree to, and was safe. We shall see whether it earned its place."
        ),
        often_lacks=(
            "people.staff_capacity",
            "reach.business_networks",
            "service.mental_health",
        ),
        says_who=_guessed(),
    )


def _health() -> SectorWords:
    return SectorWords(
        called=_("hospitals and clinics"),
        answers_to=_("board"),
        counts=(
            _("safe care"),
            _("people who come in time"),
            _("fewer missed appointments"),
            _("staff who can keep going"),
            _("evidence"),
        ),
        ask=_("Ask for a named few people or one session, not for the institution. Say who will carry the risk."),
        offer=_("Say whom it would bring through the door who does not come now, and what that would spare a ward."),
        avoid=_("“Empower”, a promise about health that nobody has tested, and one more meeting."),
        reassure=_("I know that nobody here has an hour to spare, so I have kept it small."),
        report=_(
            "We tried {step} with {us}, within {months} and within our own rules for safety and consent. It "
            "brought us {gain}. What it did for patients is written down, whichever way it went."
        ),
        often_lacks=(
            "trust.underserved",
            "reach.community_access",
            "people.languages",
        ),
        says_who=_guessed(),
    )


def _cooperative() -> SectorWords:
    return SectorWords(
        called=_("co-operatives"),
        answers_to=_("members"),
        counts=(
            _("a fair price"),
            _("a say for every member"),
            _("what stays in the district"),
            _("terms that hold"),
            _("the next season"),
        ),
        ask=_(
            "Say what you would do with it, and what it would cost a member in time. Put it on one page that "
            "can go round."
        ),
        offer=_("Say what it would do for the smallest member, in money or in hours."),
        avoid=_("“Supplier”, terms for some members only, and going round the members to the chair."),
        reassure=_("Nothing is settled until your members have had their say."),
        report=_(
            "We tried {step} with {us}, within {months}, on the same terms for every member. It brought us "
            "{gain}. Nobody is tied to anything, and the members decide what comes next."
        ),
        often_lacks=(
            "market.access",
            "market.marketing",
            "ops.scaling",
        ),
        says_who=_guessed(),
    )


def _funder() -> SectorWords:
    return SectorWords(
        called=_("funders"),
        answers_to=_("trustees"),
        counts=(
            _("change that lasts"),
            _("being told the truth early"),
            _("learning, failures too"),
            _("money that gets where it is needed"),
            _("grantees who ring back"),
        ),
        ask=_(
            "Ask for what only they have, which is seldom the money: whom they know, what they see from where they sit."
        ),
        offer=_("Say what they would learn that no report has told them."),
        avoid=_("A bid in disguise, “transformational”, and numbers that you would not bet on."),
        reassure=_("I have not come with a bid."),
        report=_(
            "We tried {step} with {us}, within {months}, outside our grant rounds and without favour in them. "
            "It brought us {gain}, and we learnt something that no report had told us."
        ),
        often_lacks=(
            "knowledge.lived_experience",
            "reach.community_access",
            "trust.community",
        ),
        says_who=_guessed(),
    )


def _other() -> SectorWords:
    return SectorWords(
        called=_("such organisations"),
        answers_to=_("people"),
        counts=(
            _("what works"),
            _("time well spent"),
            _("a good name"),
            _("no surprises"),
        ),
        ask=_("Say what you lack in one line, and why you ask them of all people."),
        offer=_("Ask first what counts as worth it for them. Then put it in their words."),
        avoid=_("Words that they do not use themselves."),
        reassure=_("I have not come to sell you anything."),
        report=_(
            "We tried {step} with {us}, within {months} and at a cost we capped. It brought us {gain}. We go "
            "on only if both of us want to."
        ),
        often_lacks=(),
        says_who="",
    )
