"""The questions about gaps that are typical of each sector, with the capabilities they are likely to be about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lichen.language import _
from lichen.scales import Sector

__all__ = ["Question", "sector_questions"]

Question = tuple[str, tuple[str, ...]]


def sector_questions(sector: Sector) -> tuple[Question, ...]:
    """The eight questions for a sector, each with capability codes, in the language being spoken."""
    return _QUESTIONS[sector]()


def _business() -> tuple[Question, ...]:
    return (
        (_("Where do local people assume that you are only there to sell?"), ("trust.community", "trust.independence")),
        (_("Which neighbourhood would you not know whom to ring in?"), ("knowledge.local", "reach.community_access")),
        (
            _("Beyond profit, could your staff say what you are for?"),
            ("governance.mission_focus", "people.employee_engagement"),
        ),
        (
            _("Whose permission or seal do you wait for, and why are you not believed yet?"),
            ("trust.regulatory_legitimacy", "policy.regulatory_navigation"),
        ),
        (_("Which public contract or new market have you given up on?"), ("market.public_contracts", "market.access")),
        (
            _("Who is missing from the room when you design something?"),
            ("people.diversity", "knowledge.lived_experience"),
        ),
        (_("What do you spoil, scrap or run empty, week after week?"), ("ops.perishables", "ops.logistics")),
        (_("Who outside your trade would vouch for you today?"), ("trust.endorsement", "trust.brand_reputation")),
    )


def _nonprofit() -> tuple[Question, ...]:
    return (
        (_("If demand doubled next month, what would break first?"), ("ops.scaling", "people.staff_capacity")),
        (
            _("Which business question do you put off because nobody can answer it?"),
            ("market.business_expertise", "market.business_model"),
        ),
        (_("Which single loss of income would end a service?"), ("funding.diversification", "funding.stability")),
        (
            _("What do you claim to achieve that you could not show a sceptic?"),
            ("knowledge.evaluation", "knowledge.data_analytics"),
        ),
        (
            _("Who decides things that affect you without ever having heard of you?"),
            ("policy.political_connections", "policy.policy_access"),
        ),
        (_("Which task is done by one tired person with no deputy?"), ("governance.succession", "people.wellbeing")),
        (_("Which systems are you ashamed to show a visitor?"), ("tech.data_systems", "tech.it_infrastructure")),
        (
            _("Which kind of giving have you tried that never paid for itself?"),
            ("funding.fundraising", "funding.digital_fundraising"),
        ),
    )


def _government() -> tuple[Question, ...]:
    return (
        (
            _("What takes you months that others do in days, and where does it wait?"),
            ("governance.decision_speed", "ops.process_efficiency"),
        ),
        (
            _("Which good idea died on the way through your own procedures?"),
            ("governance.innovation_culture", "governance.adaptability"),
        ),
        (_("Which backlog do you hope that nobody asks about?"), ("ops.throughput", "people.staff_capacity")),
        (
            _("Which residents have stopped answering your letters?"),
            ("trust.underserved", "reach.community_engagement"),
        ),
        (
            _("What would you build if you had anyone to build it?"),
            ("tech.software_development", "tech.digital_services"),
        ),
        (
            _("Which two departments meet only when something has gone wrong?"),
            ("policy.agency_coordination", "people.boundary_spanning"),
        ),
        (
            _("Where do you decide without having lived what you decide about?"),
            ("knowledge.lived_experience", "governance.shared_decisions"),
        ),
        (
            _("Which promise do you find hard to keep once an election has passed?"),
            ("governance.strategy", "trust.partner_reliability"),
        ),
    )


def _faith() -> tuple[Question, ...]:
    return (
        (
            _("What do people ask you after the service that you cannot answer?"),
            ("knowledge.medical", "service.advice_rights"),
        ),
        (
            _("If your minister or lead volunteer left, what would stop the same week?"),
            ("governance.succession", "people.volunteers"),
        ),
        (_("What does the weekly collection never stretch to?"), ("funding.fundraising", "funding.grant_seeking")),
        (
            _("Who nearby would never step through your door, and why?"),
            ("reach.community_engagement", "trust.community"),
        ),
        (_("Which good work could you not prove to an outsider?"), ("knowledge.evaluation", "trust.track_record")),
        (
            _("Where are your safeguarding and your accounts weaker than they should be?"),
            ("governance.ethics_controls", "funding.financial_management"),
        ),
        (_("Which of the young are you no longer reaching?"), ("reach.young_people", "service.youth_work")),
        (_("What does your building need before anybody else could use it?"), ("assets.venue", "assets.equipment")),
    )


def _education() -> tuple[Question, ...]:
    return (
        (
            _("Which families do you never see, and what have you tried?"),
            ("reach.community_access", "trust.underserved"),
        ),
        (
            _("What do your learners need that is not teaching, and who gives it to them?"),
            ("service.mental_health", "service.social_support"),
        ),
        (
            _("Which lesson have you kept although it no longer fits the world outside?"),
            ("knowledge.curriculum", "service.employment_support"),
        ),
        (
            _("Which employers would take a call from you tomorrow?"),
            ("reach.business_networks", "service.employment_support"),
        ),
        (_("What could your research change if anybody used it?"), ("reach.communications", "policy.policy_access")),
        (_("Which posts can you not fill or keep filled?"), ("people.recruitment_retention", "people.staff_capacity")),
        (_("Which equipment or software are you teaching around?"), ("assets.equipment", "tech.it_infrastructure")),
        (
            _("How much of your income could you choose how to spend?"),
            ("funding.flexible_income", "funding.diversification"),
        ),
    )


def _health() -> tuple[Question, ...]:
    return (
        (
            _("Which neighbourhoods do not believe you, and why might they be right?"),
            ("trust.underserved", "trust.community"),
        ),
        (_("Which languages do your patients speak that your staff do not?"), ("people.languages", "people.diversity")),
        (
            _("What happens to people in the weeks when you do not see them?"),
            ("service.prevention", "service.chronic_care"),
        ),
        (_("Where could you treat people that is not your own building?"), ("assets.venue", "reach.community_access")),
        (
            _("Which advice do you give that nobody on that street could follow?"),
            ("knowledge.local", "knowledge.lived_experience"),
        ),
        (_("Which wait would you not accept for your own family?"), ("ops.throughput", "people.staff_capacity")),
        (
            _("What wears your people out, apart from the illness itself?"),
            ("people.wellbeing", "ops.process_efficiency"),
        ),
        (_("Whose records do you need and never get in time?"), ("knowledge.data_access", "tech.data_systems")),
    )


def _cooperative() -> tuple[Question, ...]:
    return (
        (_("Which buyer will not talk to anybody of your size?"), ("market.access", "market.sales")),
        (_("How do your goods travel, and what is lost on the way?"), ("ops.logistics", "ops.perishables")),
        (
            _("Where does deciding together cost you the chance itself?"),
            ("governance.decision_speed", "governance.conflict_resolution"),
        ),
        (_("What would you buy tomorrow if a bank understood you?"), ("funding.grantmaking", "assets.equipment")),
        (
            _("Who would know your name one valley or one town further on?"),
            ("market.marketing", "trust.brand_reputation"),
        ),
        (_("Which members carry the work, and which have gone quiet?"), ("reach.membership", "people.wellbeing")),
        (
            _("What do you still keep in a notebook that ought to be counted?"),
            ("tech.data_systems", "knowledge.data_analytics"),
        ),
        (
            _("Which rule or certificate stands between you and a better price?"),
            ("policy.regulatory_navigation", "ops.quality"),
        ),
    )


def _funder() -> tuple[Question, ...]:
    return (
        (_("Who takes your money and would not ring you with bad news?"), ("trust.community", "trust.transparency")),
        (
            _("Which of the lives that you pay to change has any of you lived?"),
            ("knowledge.lived_experience", "people.diversity"),
        ),
        (_("What do you fund that you could not judge?"), ("knowledge.curriculum", "knowledge.evaluation")),
        (
            _("Which small groups never apply, and what in your forms keeps them away?"),
            ("reach.grassroots_organizing", "tech.user_experience"),
        ),
        (
            _("How long does a yes take, and who gives up while waiting?"),
            ("governance.decision_speed", "ops.process_efficiency"),
        ),
        (_("Whose voice decides, and who carries the result?"), ("governance.shared_decisions", "governance.board")),
        (_("What has stopped the moment your grant ended?"), ("governance.strategy", "trust.partner_reliability")),
        (
            _("Which officials or companies could unlock more than your money does, and do you know them?"),
            ("policy.policy_access", "reach.business_networks"),
        ),
    )


def _other() -> tuple[Question, ...]:
    return (
        (_("What do you keep promising and keep putting off?"), ("people.staff_capacity", "ops.project_management")),
        (
            _("Which people do you need who have no reason yet to trust you?"),
            ("trust.community", "reach.community_access"),
        ),
        (
            _("If one person left tomorrow, what would nobody know how to do?"),
            ("governance.succession", "people.skills_training"),
        ),
        (
            _("What would you do first if money were not the question, and what is missing then?"),
            ("governance.strategy", "people.skills_training"),
        ),
        (_("Which door stays shut however often you knock?"), ("policy.policy_access", "market.access")),
        (_("What do you know less about than people think?"), ("knowledge.technical", "knowledge.research")),
        (
            _("What do you do by hand that others finished doing by hand years ago?"),
            ("tech.it_infrastructure", "ops.process_efficiency"),
        ),
        (_("What could you not prove if somebody asked?"), ("knowledge.evaluation", "trust.track_record")),
    )


_QUESTIONS: Mapping[Sector, Callable[[], tuple[Question, ...]]] = MappingProxyType(
    {
        Sector.BUSINESS: _business,
        Sector.NONPROFIT: _nonprofit,
        Sector.GOVERNMENT: _government,
        Sector.FAITH: _faith,
        Sector.EDUCATION: _education,
        Sector.HEALTH: _health,
        Sector.COOPERATIVE: _cooperative,
        Sector.FUNDER: _funder,
        Sector.OTHER: _other,
    }
)
