"""Each rule of the record's tables, broken once: the form says it in words, the database refuses it anyway."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from advocacy.accounts.models import User
from legislation.models import (
    Chamber,
    Committee,
    CommitteeMembership,
    ContactPoint,
    Correction,
    Division,
    DivisionShape,
    EditionFile,
    FactCheck,
    FactReport,
    Feed,
    FeedCalls,
    FeedMark,
    FeedSession,
    Identifier,
    ImportChangeSet,
    ImportRun,
    Jurisdiction,
    LeaverDecision,
    LegislativeSession,
    MapEdition,
    Measure,
    Office,
    Official,
    PartyAffiliation,
    PostalDistrict,
    SavedSearch,
    SearchNews,
    Seat,
    SourceRecord,
    Staffer,
    StageEvent,
    Tenure,
)
from tests.factories.log import alma_reyes
from tests.factories.people import UserFactory, state
from tests.legislation.broken_measures import (
    BROKEN_MEASURES,
    DAY,
    Broken,
    health,
    measure_called,
    second,
    session_90,
    source,
)

pytestmark = pytest.mark.django_db


def _tenure(**fields: Any) -> Tenure:
    alma = alma_reyes()
    return Tenure(**({"official": alma, "seat": alma.tenures.get().seat, "starts_on": DAY} | fields))


def _step(**fields: Any) -> StageEvent:
    measure = Measure.objects.first() or measure_called("HB 210")
    measure.save()
    return StageEvent(**({"measure": measure, "on": DAY, "stage": "introduced"} | fields))


def _saved_search(**fields: Any) -> SavedSearch:
    owner = User.objects.filter(full_name="Keeps Searches").first() or UserFactory(full_name="Keeps Searches")
    known = {"owner": owner, "name": "Telehealth", "created_at": timezone.now(), "looked_at": timezone.now()}
    return SavedSearch(**(known | fields))


def _news(**fields: Any) -> SearchNews:
    search = SavedSearch.objects.first() or _saved_search()
    search.save()
    now = timezone.now()
    return SearchNews(**({"search": search, "since": now, "until": now + timedelta(1), "day": DAY} | fields))


def _membership(**fields: Any) -> CommitteeMembership:
    committee = Committee.objects.filter(external_id="h").first() or health()
    committee.save()
    official = Official.objects.first() or alma_reyes()
    return CommitteeMembership(**({"committee": committee, "official": official} | fields))


def _affiliation(**fields: Any) -> PartyAffiliation:
    official = Official.objects.first() or alma_reyes()
    return PartyAffiliation(**({"official": official, "party": "Democratic"} | fields))


def _office(**fields: Any) -> Office:
    official = Official.objects.first() or alma_reyes()
    return Office(**({"official": official, "source": source(), "phone": "1", "external_id": "x"} | fields))


def _contact(**fields: Any) -> ContactPoint:
    official = Official.objects.first() or alma_reyes()
    return ContactPoint(**({"official": official, "kind": "email", "value": "a@house.example"} | fields))


def _record() -> SourceRecord:
    now = timezone.now()
    return SourceRecord(source=source(), external_id="x", first_seen_at=now, last_seen_at=now)


def _run() -> ImportRun:
    now = timezone.now()
    return ImportRun(source=source(), label="x", started_at=now, finished_at=now - timedelta(seconds=1))


def _identifier(official: Official) -> Identifier:
    return Identifier(official=official, scheme="bioguide", value="R000001")


def _edition(key: str = "cd119", **fields: Any) -> MapEdition:
    known = {"name": "x", "jurisdiction": state("tx", "Texas"), "chamber_code": "lower", "valid_from": DAY}
    return MapEdition(**{"key": key, **known, **fields})


def _saved_edition() -> MapEdition:
    edition = MapEdition.objects.filter(key="cd119").first() or _edition()
    edition.save()
    return edition


def _file() -> EditionFile:
    values = {"label": "x", "content_hash": "x", "rows": 1, "loaded_at": timezone.now()}
    edition = _saved_edition()
    return EditionFile(edition=edition, part="shapes", place=edition.jurisdiction, source=source(), **values)


def _division() -> Division:
    return Division.objects.get_or_create(ocd_id="d", defaults={"name": "D"})[0]


def _shape(**box: float) -> DivisionShape:
    corners = {"west": -96.0, "south": 29.0, "east": -95.0, "north": 30.0, **box}
    return DivisionShape(edition=_saved_edition(), division=_division(), geometry=b"x", **corners)


def _postal(**fields: Any) -> PostalDistrict:
    return PostalDistrict(edition=_saved_edition(), code="77004", division=_division(), **fields)


def _feed(**fields: Any) -> Feed:
    return Feed(**{"source": source(), "every_hours": 24, **fields})


def _saved_feed() -> Feed:
    return Feed.objects.get_or_create(source=source())[0]


def _feed_session() -> FeedSession:
    session = LegislativeSession.objects.filter(identifier="90R").first() or session_90()
    session.save()
    return FeedSession(feed=_saved_feed(), session=session)


def _feed_mark(**fields: Any) -> FeedMark:
    reading = FeedSession.objects.first() or _feed_session()
    reading.save()
    return FeedMark(**{"reading": reading, "subject": "HB 1", "seen_at": timezone.now(), **fields})


def _feed_calls(**fields: Any) -> FeedCalls:
    minute = timezone.now().replace(year=2026, second=0, microsecond=0)
    kept = FeedCalls.objects.first()
    starts_at = kept.starts_at if kept else minute
    return FeedCalls(**{"feed": _saved_feed(), "period": "minute", "starts_at": starts_at, **fields})


def _correction(**fields: Any) -> Correction:
    phone = {"phone": "512-555-0131"}
    stated = {"before": phone, "corrected": phone, "source_said": phone, "reason": "Told so.", **fields}
    about = {"model": "legislation.office", "object_id": 1, "fact": "phone", "made_at": timezone.now()}
    official = Official.objects.first() or alma_reyes()
    return Correction(official=official, source=source(), made_by=UserFactory(), **about, **stated)


def _check(**fields: Any) -> FactCheck:
    made = {"checked_by": UserFactory(), "checked_on": DAY, "checked_at": timezone.now(), **fields}
    official = Official.objects.first() or alma_reyes()
    return FactCheck(**{"official": official, "block": "term", "fingerprint": "f", **made})


def _report(**fields: Any) -> FactReport:
    said = {"block": "term", "wrong": "No.", "suggestion": "Yes.", "form_key": UUID(int=1), **fields}
    made = {"reported_by": UserFactory(), "reported_at": timezone.now(), "fingerprint": "f"}
    return FactReport(official=Official.objects.first() or alma_reyes(), **(made | said))


def _change_set(**fields: Any) -> ImportChangeSet:
    known = {
        "jurisdiction": state("tx", "Texas"),
        "scope_name": "Texas",
        "day": DAY,
        "made_at": timezone.now(),
    }
    return ImportChangeSet(**{"source": source(), **known, **fields})


def _leaver(**fields: Any) -> LeaverDecision:
    thing = {
        "kind": "follow_ups",
        "model": "interactions.followup",
        "object_id": 1,
        "label": "Send the brief",
    }
    return LeaverDecision(official=Official.objects.first() or alma_reyes(), **thing, **fields)


BROKEN: dict[str, Broken] = {
    "legislation_changeset_decided_says_when": lambda: _change_set(state="applied"),
    "legislation_changeset_rejected_says_why": lambda: _change_set(
        state="rejected", decided_at=timezone.now(), decided_by=UserFactory()
    ),
    "legislation_changeset_undone_says_who_and_when": lambda: _change_set(
        state="undone", decided_at=timezone.now()
    ),
    "legislation_changeset_one_waits_per_jurisdiction": lambda: second(_change_set(), _change_set()),
    "legislation_leaverdecision_is_open_once": lambda: second(_leaver(), _leaver()),
    "legislation_leaverdecision_decided_by_and_at_go_together": lambda: _leaver(decided_at=timezone.now()),
    "legislation_leaverdecision_successor_is_named": lambda: _leaver(
        decision="keep_for_successor", decided_at=timezone.now(), decided_by=UserFactory()
    ),
    "legislation_correction_holds_once_for_a_fact": lambda: second(_correction(), _correction()),
    "legislation_correction_has_a_reason": lambda: _correction(reason=""),
    "legislation_correction_reviewed_by_and_at_go_together": lambda: _correction(reviewed_at=timezone.now()),
    "legislation_correction_review_has_news": lambda: _correction(needs_review=True),
    "legislation_factcheck_once_a_day_by_one_person": lambda: second(
        first := _check(), _check(checked_by=first.checked_by)
    ),
    "legislation_factcheck_says_what_was_checked": lambda: _check(fingerprint=""),
    "legislation_factcheck_is_of_a_part_of_the_profile": lambda: _check(block="shoes"),
    "legislation_factcheck_is_taken_back_after_it_was_made": lambda: _check(
        withdrawn_at=timezone.now() - timedelta(days=1)
    ),
    "legislation_factreport_is_sent_once": lambda: second(
        first := _report(), _report(reported_by=first.reported_by)
    ),
    "legislation_factreport_is_about_a_part_of_the_profile": lambda: _report(block="shoes"),
    "legislation_factreport_says_what_is_wrong_and_what_is_right": lambda: _report(suggestion=""),
    "legislation_factreport_decided_by_and_at_go_together": lambda: _report(decided_at=timezone.now()),
    "legislation_factreport_rejection_has_a_reason": lambda: _report(
        state="rejected", decided_at=timezone.now(), decided_by=UserFactory()
    ),
    "legislation_chamber_is_unique_in_its_jurisdiction": lambda: second(
        Chamber(jurisdiction=state("tx", "Texas"), code="lower", name="House"),
        Chamber(jurisdiction=state("tx", "Texas"), code="lower", name="Another house"),
    ),
    "legislation_division_is_valid_forwards_in_time": lambda: Division(
        ocd_id="d", name="D", valid_from=DAY, valid_through=DAY - timedelta(days=1)
    ),
    "legislation_seat_district_is_unique_in_its_chamber": lambda: Seat(
        chamber=_tenure().seat.chamber, district="131", label="Again"
    ),
    "legislation_seat_has_at_least_one_place": lambda: Seat(
        chamber=_tenure().seat.chamber, district="1", label="None", places=0
    ),
    "legislation_tenure_starts_once": lambda: _tenure(starts_on=date(2025, 1, 14)),
    "legislation_tenure_ends_after_it_starts": lambda: _tenure(ends_on=DAY),
    "legislation_tenure_end_reason_only_with_an_end": lambda: _tenure(end_reason="resigned"),
    "legislation_tenure_expected_end_has_a_date": lambda: _tenure(end_is_expected=True),
    "legislation_identifier_names_one_person": lambda: second(
        _identifier(alma_reyes()), _identifier(Official.objects.create(name="Bo"))
    ),
    "legislation_party_affiliation_is_open_once": lambda: second(
        _affiliation(), _affiliation(party="Republican")
    ),
    "legislation_party_affiliation_does_not_end_before_it_starts": lambda: _affiliation(
        starts_on=DAY, ends_on=DAY - timedelta(days=1)
    ),
    "legislation_office_external_id_is_unique_in_its_source": lambda: second(_office(), _office()),
    "legislation_office_can_be_reached": lambda: _office(phone=""),
    "legislation_contact_point_is_kept_once": lambda: second(_contact(), _contact()),
    "legislation_contact_point_web_form_is_not_an_email": lambda: _contact(
        value="https://house.example/contact?to=a@house.example"
    ),
    "legislation_staffer_works_for_an_official_or_a_committee": lambda: Staffer(name="Kim"),
    "legislation_staffer_ends_after_starting": lambda: Staffer(
        name="Kim", official=alma_reyes(), starts_on=DAY, ends_on=DAY
    ),
    "legislation_committee_external_id_is_unique": lambda: second(health(), health()),
    "legislation_membership_is_open_once": lambda: second(_membership(), _membership()),
    "legislation_membership_does_not_end_before_it_starts": lambda: _membership(
        starts_on=DAY, ends_on=DAY - timedelta(days=1)
    ),
    "legislation_session_is_unique_in_its_jurisdiction": lambda: second(session_90(), session_90()),
    "legislation_session_ends_after_it_starts": lambda: session_90(starts_on=DAY, ends_on=DAY),
    "legislation_measure_number_is_unique_in_its_session": lambda: second(
        measure_called("HB 126"), measure_called("H.B. 0126")
    ),
    "legislation_measure_number_has_a_letter_or_a_digit": lambda: measure_called("---"),
    "legislation_stageevent_is_entered_once": lambda: second(_step(), _step(local_label="Filed")),
    "legislation_stageevent_has_a_known_stage": lambda: _step(stage="somewhere"),
    "legislation_savedsearch_name_is_unique_to_its_owner": lambda: second(
        _saved_search(), _saved_search(query="q=roads")
    ),
    "legislation_savedsearch_alerts_know_when_they_look_next": lambda: _saved_search(cadence="daily"),
    "legislation_searchnews_are_told_once": lambda: second(first := _news(), _news(since=first.since)),
    "legislation_searchnews_end_after_they_begin": lambda: _news(since=timezone.now() + timedelta(2)),
    "legislation_savedsearch_feed_address_is_unique": lambda: second(
        _saved_search(token_hash="x" * 64), _saved_search(name="Roads", token_hash="x" * 64)
    ),
    **BROKEN_MEASURES,
    "legislation_sourcerecord_is_unique_in_its_source": lambda: second(_record(), _record()),
    "legislation_importrun_finishes_after_it_starts": lambda: _run(),
    "legislation_mapedition_ends_after_it_starts": lambda: _edition(valid_until=DAY),
    "legislation_mapedition_starts_once": lambda: second(_edition(), _edition("again")),
    "legislation_editionfile_is_the_last_of_its_part": lambda: second(_file(), _file()),
    "legislation_divisionshape_is_unique_in_its_edition": lambda: second(_shape(), _shape()),
    "legislation_divisionshape_lies_on_the_globe": lambda: _shape(north=91.0),
    "legislation_postaldistrict_is_listed_once": lambda: second(_postal(), _postal()),
    "legislation_postaldistrict_share_is_a_part_of_one": lambda: _postal(share=1.5),
    "legislation_feed_failure_and_error_go_together": lambda: _feed(failures=1),
    "legislation_feed_is_fetched_at_most_hourly": lambda: _feed(every_hours=0),
    "legislation_feedsession_is_listed_once": lambda: second(_feed_session(), _feed_session()),
    "legislation_feedmark_is_kept_once": lambda: second(_feed_mark(), _feed_mark()),
    "legislation_feedmark_is_about_something": lambda: _feed_mark(subject=""),
    "legislation_feedcalls_are_counted_in_one_place": lambda: second(_feed_calls(), _feed_calls()),
    "legislation_feedcalls_have_a_known_period": lambda: _feed_calls(period="week"),
}


def test_every_constraint_of_the_record_is_broken_here_once():
    names = {
        constraint.name
        for model in apps.get_app_config("legislation").get_models()
        for constraint in model._meta.constraints
    }

    assert set(BROKEN) == names


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_the_rule_is_told_in_words_and_held_by_the_database(name):
    broken = BROKEN[name]()
    (rule,) = [one for one in broken._meta.constraints if one.name == name]

    with pytest.raises(ValidationError) as told:
        _validate(broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        broken.save()

    assert str(rule.violation_error_message) in told.value.messages


def _validate(row: models.Model) -> None:
    row.clean()
    row.validate_constraints()


def test_one_jurisdiction_has_one_open_civic_data_id():
    texas = state("tx", "Texas")

    with pytest.raises(IntegrityError), transaction.atomic():
        Jurisdiction.objects.create(ocd_id=texas.ocd_id, name="Texas again", level="state")
