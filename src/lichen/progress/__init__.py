"""Progress: how far each partner's needs have fallen, what was reached together, and how fair it is felt to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.progress.attainment import Attainment as Attainment
    from lichen.progress.attainment import AttainmentScore as AttainmentScore
    from lichen.progress.attainment import GoalFinding as GoalFinding
    from lichen.progress.attainment import GoalStanding as GoalStanding
    from lichen.progress.attainment import attainment as attainment
    from lichen.progress.attainment import attainment_score as attainment_score
    from lichen.progress.checks import course_problems as course_problems
    from lichen.progress.checks import progress_problems as progress_problems
    from lichen.progress.claims import Experienced as Experienced
    from lichen.progress.claims import article_claims as article_claims
    from lichen.progress.comparison import Better as Better
    from lichen.progress.comparison import JointOutcome as JointOutcome
    from lichen.progress.comparison import OutcomeGroup as OutcomeGroup
    from lichen.progress.comparison import OutcomePlace as OutcomePlace
    from lichen.progress.comparison import OutcomeReading as OutcomeReading
    from lichen.progress.experience import Experience as Experience
    from lichen.progress.experience import ExperienceContrast as ExperienceContrast
    from lichen.progress.experience import ExperienceFigure as ExperienceFigure
    from lichen.progress.experience import ExperienceGroup as ExperienceGroup
    from lichen.progress.experience import ExperienceRules as ExperienceRules
    from lichen.progress.experience import experience as experience
    from lichen.progress.indicators import MeasuredNeed as MeasuredNeed
    from lichen.progress.indicators import MovedAlike as MovedAlike
    from lichen.progress.indicators import NoInterval as NoInterval
    from lichen.progress.indicators import ReadingShown as ReadingShown
    from lichen.progress.indicators import measured_needs as measured_needs
    from lichen.progress.intervals import Interval as Interval
    from lichen.progress.intervals import IntervalMethod as IntervalMethod
    from lichen.progress.intervals import bootstrap_interval as bootstrap_interval
    from lichen.progress.intervals import poisson_rate as poisson_rate
    from lichen.progress.intervals import rate_ratio as rate_ratio
    from lichen.progress.intervals import share_difference as share_difference
    from lichen.progress.intervals import student_interval as student_interval
    from lichen.progress.intervals import wilson_share as wilson_share
    from lichen.progress.needs import NeedCourse as NeedCourse
    from lichen.progress.needs import SeverityReading as SeverityReading
    from lichen.progress.outcomes import Arm as Arm
    from lichen.progress.outcomes import ClaimReadings as ClaimReadings
    from lichen.progress.outcomes import EarlierGap as EarlierGap
    from lichen.progress.outcomes import MissingFigure as MissingFigure
    from lichen.progress.outcomes import MissingFigureName as MissingFigureName
    from lichen.progress.outcomes import OutcomeCaution as OutcomeCaution
    from lichen.progress.outcomes import OutcomeDesign as OutcomeDesign
    from lichen.progress.outcomes import OutcomeResult as OutcomeResult
    from lichen.progress.outcomes import OutcomeRules as OutcomeRules
    from lichen.progress.outcomes import outcome_result as outcome_result
    from lichen.progress.permuting import Permuted as Permuted
    from lichen.progress.permuting import permuted as permuted
    from lichen.progress.published import PublishedRate as PublishedRate
    from lichen.progress.published import published_rates as published_rates
    from lichen.progress.records import AllianceRecord as AllianceRecord
    from lichen.progress.records import Felt as Felt
    from lichen.progress.records import ReplyTime as ReplyTime
    from lichen.progress.records import Stay as Stay
    from lichen.progress.reduction import NeedReduction as NeedReduction
    from lichen.progress.reduction import Reduction as Reduction
    from lichen.progress.reduction import ReductionSpread as ReductionSpread
    from lichen.progress.reduction import WaveReduction as WaveReduction
    from lichen.progress.reduction import reduction as reduction
    from lichen.progress.reduction import reductions as reductions
    from lichen.progress.satisfaction import Question as Question
    from lichen.progress.satisfaction import QuestionRound as QuestionRound
    from lichen.progress.satisfaction import Recommended as Recommended
    from lichen.progress.satisfaction import SurveyRound as SurveyRound
    from lichen.progress.satisfaction import Voice as Voice
    from lichen.progress.satisfaction import Withheld as Withheld
    from lichen.progress.satisfaction import satisfaction as satisfaction
    from lichen.progress.satisfaction import satisfaction_for as satisfaction_for
    from lichen.progress.survival import Lifetime as Lifetime
    from lichen.progress.survival import SurvivalCurve as SurvivalCurve
    from lichen.progress.survival import SurvivalStep as SurvivalStep
    from lichen.progress.survival import survival_curve as survival_curve
    from lichen.progress.survival_picture import survival_svg as survival_svg
    from lichen.progress.values import Course as Course
    from lichen.progress.values import EndReason as EndReason
    from lichen.progress.values import FunderPermission as FunderPermission
    from lichen.progress.values import Goal as Goal
    from lichen.progress.values import GoalReading as GoalReading
    from lichen.progress.values import Indicator as Indicator
    from lichen.progress.values import IndicatorReading as IndicatorReading
    from lichen.progress.values import Membership as Membership
    from lichen.progress.values import NeedWeight as NeedWeight
    from lichen.progress.values import Progress as Progress
    from lichen.progress.values import ProgressRules as ProgressRules
    from lichen.progress.values import SatisfactionAnswer as SatisfactionAnswer

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "AllianceRecord": "records",
        "Arm": "outcomes",
        "Attainment": "attainment",
        "AttainmentScore": "attainment",
        "Better": "comparison",
        "ClaimReadings": "outcomes",
        "Course": "values",
        "EarlierGap": "outcomes",
        "EndReason": "values",
        "Experience": "experience",
        "ExperienceContrast": "experience",
        "ExperienceFigure": "experience",
        "ExperienceGroup": "experience",
        "ExperienceRules": "experience",
        "Experienced": "claims",
        "Felt": "records",
        "FunderPermission": "values",
        "Goal": "values",
        "GoalFinding": "attainment",
        "GoalReading": "values",
        "GoalStanding": "attainment",
        "Indicator": "values",
        "IndicatorReading": "values",
        "Interval": "intervals",
        "IntervalMethod": "intervals",
        "JointOutcome": "comparison",
        "Lifetime": "survival",
        "MeasuredNeed": "indicators",
        "Membership": "values",
        "MissingFigure": "outcomes",
        "MissingFigureName": "outcomes",
        "MovedAlike": "indicators",
        "NeedCourse": "needs",
        "NeedReduction": "reduction",
        "NeedWeight": "values",
        "NoInterval": "indicators",
        "OutcomeCaution": "outcomes",
        "OutcomeDesign": "outcomes",
        "OutcomeGroup": "comparison",
        "OutcomePlace": "comparison",
        "OutcomeReading": "comparison",
        "OutcomeResult": "outcomes",
        "OutcomeRules": "outcomes",
        "Permuted": "permuting",
        "Progress": "values",
        "ProgressRules": "values",
        "PublishedRate": "published",
        "Question": "satisfaction",
        "QuestionRound": "satisfaction",
        "ReadingShown": "indicators",
        "Recommended": "satisfaction",
        "Reduction": "reduction",
        "ReductionSpread": "reduction",
        "ReplyTime": "records",
        "SatisfactionAnswer": "values",
        "SeverityReading": "needs",
        "Stay": "records",
        "SurveyRound": "satisfaction",
        "SurvivalCurve": "survival",
        "SurvivalStep": "survival",
        "Voice": "satisfaction",
        "WaveReduction": "reduction",
        "Withheld": "satisfaction",
        "article_claims": "claims",
        "attainment": "attainment",
        "attainment_score": "attainment",
        "bootstrap_interval": "intervals",
        "course_problems": "checks",
        "experience": "experience",
        "measured_needs": "indicators",
        "outcome_result": "outcomes",
        "permuted": "permuting",
        "poisson_rate": "intervals",
        "progress_problems": "checks",
        "published_rates": "published",
        "rate_ratio": "intervals",
        "reduction": "reduction",
        "reductions": "reduction",
        "satisfaction": "satisfaction",
        "satisfaction_for": "satisfaction",
        "share_difference": "intervals",
        "student_interval": "intervals",
        "survival_curve": "survival",
        "survival_svg": "survival_picture",
        "wilson_share": "intervals",
    },
)
