"""Each rule of the tables of research, broken once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from advocacy.research.models import (
    Analysis,
    Citation,
    Finding,
    FindingUse,
    Lesson,
    ParticipantGroup,
    Quote,
    ResearchActivity,
    Theme,
)
from tests.cast import TODAY, Cast
from tests.factories.log import alma_reyes, logged
from tests.factories.materials import paper
from tests.factories.measures import measure, took
from tests.factories.research import HELD_ON, conversation, draft, finding

Broken = Callable[[Cast], models.Model]


def _activity(cast: Cast, **fields: Any) -> ResearchActivity:
    known = {
        "kind": "survey", "question": "Why?", "chapter": cast.gulf_prairie, "held_on": HELD_ON, "kept_by": cast.dana
    }  # fmt: skip
    return ResearchActivity(**(known | fields))


def _analysis(cast: Cast, **fields: Any) -> Analysis:
    known = {"title": "Costs", "kind": "fiscal", "body": "Little.", "author": cast.dana}
    return Analysis(**(known | fields))


def _published(cast: Cast, **fields: Any) -> Analysis:
    known = {"status": "published", "reviewer": cast.jordan, "published_on": TODAY}
    return _analysis(cast, **(known | fields))


def _use(cast: Cast, **fields: Any) -> FindingUse:
    row = Finding.objects.first() or finding(conversation(cast))
    return FindingUse(finding=row, used_on=TODAY, recorded_by=cast.dana, **fields)


def _second(cast: Cast, **fields: Any) -> FindingUse:
    _use(cast, **fields).save()
    return _use(cast, **fields)


def _same_material(cast: Cast) -> FindingUse:
    row = paper(cast)
    _use(cast, material_on_file=row).save()
    return _use(cast, material_on_file=row)


def _spoken(cast: Cast) -> Any:
    bill = measure("HB 210")
    position = took(bill, cast.gulf_prairie, "support", cast.jordan)  # type: ignore[arg-type]  # by its code
    fields: dict[str, Any] = {"measure": bill, "position": position, "person": cast.dana, "form": "written"}
    known = {"side": "for", "organisation": "Gulf", "registered_on": TODAY, "registered_by": cast.dana}
    return apps.get_model("positions", "Testimony").objects.create(**fields, **known)


def _twice(first: models.Model, second: models.Model) -> models.Model:
    first.save()
    return second


def _second_theme(cast: Cast) -> models.Model:
    activity = conversation(cast)
    return _twice(Theme(activity=activity, label="Roads"), Theme(activity=activity, label="Roads"))


def _second_group(cast: Cast) -> models.Model:
    known: dict[str, Any] = {"activity": conversation(cast), "label": "Nurses", "count": 5}
    return _twice(ParticipantGroup(**known), ParticipantGroup(**known))


BROKEN: list[tuple[str, Broken]] = [
    ("research_activity_has_a_known_kind_status_and_level", lambda cast: _activity(cast, kind="chat")),
    (
        "research_activity_has_a_known_kind_status_and_level",
        lambda cast: _activity(cast, status="lost", participants=3),
    ),
    (
        "research_activity_has_a_known_kind_status_and_level",
        lambda cast: _activity(cast, confidentiality="open"),
    ),
    (
        "research_activity_ends_no_earlier_than_it_begins",
        lambda cast: _activity(cast, last_on=HELD_ON - timedelta(days=1)),
    ),
    ("research_activity_once_held_says_how_many_took_part", lambda cast: _activity(cast, status="held")),
    (
        "research_activity_is_summarized_by_a_summary",
        lambda cast: _activity(cast, status="summarised", participants=6),
    ),
    (
        "research_quote_has_a_known_consent",
        lambda cast: Quote(activity=conversation(cast), text="So.", consent="perhaps"),
    ),
    (
        "research_quote_with_a_name_rests_on_written_consent",
        lambda cast: Quote(activity=conversation(cast), text="So.", consent="named", speaker_name="Lee"),
    ),
    (
        "research_quote_keeps_no_name_without_consent_to_it",
        lambda cast: Quote(activity=conversation(cast), text="So.", consent="anonymous", speaker_name="Lee"),
    ),
    (
        "research_theme_has_a_known_strength",
        lambda cast: Theme(activity=conversation(cast), label="Roads", strength="huge"),
    ),
    ("research_theme_once_per_activity", _second_theme),
    (
        "research_group_has_a_known_dimension",
        lambda cast: ParticipantGroup(activity=conversation(cast), dimension="age", label="Old", count=5),
    ),
    ("research_group_once_per_breakdown", _second_group),
    (
        "research_finding_has_a_known_confidence_and_use",
        lambda cast: Finding(activity=conversation(cast), statement="So.", confidence="sure"),
    ),
    ("research_use_is_a_material_a_testimony_or_a_contact", lambda cast: _use(cast)),
    (
        "research_use_is_a_material_a_testimony_or_a_contact",
        lambda cast: _use(cast, material="Brief", testimony=_spoken(cast)),
    ),
    ("research_use_once_per_material", lambda cast: _second(cast, material="Brief")),
    (
        "research_use_is_a_material_a_testimony_or_a_contact",
        lambda cast: _use(cast, material="Brief", material_on_file=paper(cast)),
    ),
    ("research_use_once_per_material_on_file", _same_material),
    ("research_use_once_per_testimony", lambda cast: _second(cast, testimony=_spoken(cast))),
    (
        "research_use_once_per_interaction",
        lambda cast: _second(cast, interaction=logged(cast.dana, [alma_reyes()])),
    ),
    (
        "research_analysis_has_a_known_kind_status_and_language",
        lambda cast: _analysis(cast, kind="opinion"),
    ),
    (
        "research_analysis_is_published_by_a_reviewer_on_a_day",
        lambda cast: _published(cast, published_on=None),
    ),
    ("research_analysis_is_published_by_a_reviewer_on_a_day", lambda cast: _analysis(cast, is_public=True)),
    ("research_analysis_is_reviewed_by_somebody_else", lambda cast: _published(cast, reviewer=cast.dana)),
    ("research_analysis_later_versions_replace_one", lambda cast: _analysis(cast, version=2)),
    (
        "research_citation_once_per_analysis",
        lambda cast: Citation(
            analysis=draft(cast), title="A", url="https://example.org/a", accessed_on=TODAY
        ),
    ),
    (
        "research_lesson_has_a_known_language",
        lambda cast: Lesson(
            title="A", chapter=cast.gulf_prairie, written_by=cast.dana, written_on=TODAY, language="de"
        ),
    ),
]


@pytest.mark.parametrize(("name", "broken"), BROKEN)
def test_the_database_and_the_words_for_people_refuse_it(cast: Cast, name: str, broken: Broken):
    row = broken(cast)
    (rule,) = [rule for rule in row._meta.constraints if rule.name == name]

    with pytest.raises(ValidationError) as told:
        row.validate_constraints()
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        row.save()

    assert str(rule.violation_error_message) in told.value.messages
    assert name in str(problem.value) or "UNIQUE constraint failed" in str(problem.value)


def test_each_rule_is_broken_here():
    ours = [model for model in apps.get_models() if model._meta.app_label == "research"]
    rules = {rule.name for model in ours for rule in model._meta.constraints}

    assert {name for name, _broken in BROKEN} == rules
