"""Who reads what of research, at which level, and what of few people nobody reads (DOMAIN.md §4.8, W8)."""

import pytest

from advocacy.audit.models import Entry
from advocacy.research.actions import activities
from advocacy.research.errors import MayNotWrite
from advocacy.research.heard import evidence_of, heard_in
from advocacy.research.models import Finding, FindingUse, ParticipantGroup, Quote, ResearchActivity
from tests.cast import TODAY, Cast
from tests.factories.log import alma_reyes, logged
from tests.factories.materials import paper
from tests.factories.research import conversation, finding, quote

EVERYBODY = ("dana", "priya", "chris", "tom", "luis", "noor", "sam", "angela", "jordan", "former")


def readers(cast: Cast, rows: type = ResearchActivity) -> set[str]:
    return {name for name in EVERYBODY if rows.objects.visible_to(getattr(cast, name)).exists()}  # type: ignore[attr-defined]  # our models


@pytest.mark.parametrize(
    ("level", "who"),
    [
        ("shared", {"dana", "priya", "chris", "tom", "luis", "angela", "jordan"}),
        ("chapter", {"dana", "priya", "chris", "tom", "jordan"}),
        ("restricted", {"dana", "jordan"}),
    ],
)
def test_an_activity_is_read_at_its_level_and_its_quotes_and_findings_with_it(
    cast: Cast, level: str, who: set[str]
):
    activity = conversation(cast, confidentiality=level)
    quote(activity, "The bus comes twice a day.")
    finding(activity)

    assert [readers(cast, rows) for rows in (ResearchActivity, Quote, Finding)] == [who, who, who]


def test_four_people_are_not_quoted_and_not_counted_and_a_fifth_reveals_them(cast: Cast):
    activity = conversation(cast, participants=4, who_took_part="Two nurses, two drivers.")
    quote(activity, "The bus comes twice a day.")
    ParticipantGroup.objects.create(activity=activity, label="Nurses", count=4)
    row = finding(activity, evidence="All four said so.")

    few = heard_in(activity, cast.dana)
    assert (few.quotes, few.tables, few.who_took_part, evidence_of(row)) == ([], [], "", "")
    assert "Fewer than five people took part" in few.why_not

    activity.participants = 5
    activities.keep(activity, by=cast.dana)
    ParticipantGroup.objects.update(count=5)

    enough = heard_in(activity, cast.dana)
    assert [one.text for one in enough.quotes] == ["The bus comes twice a day."]
    assert [(cell.label, cell.number) for cell in enough.tables[0].cells] == [("Nurses", 5)]
    assert (enough.who_took_part, enough.why_not) == ("Two nurses, two drivers.", "")


def test_a_quote_without_consent_has_no_door_but_that_of_its_editors(cast: Cast):
    activity = conversation(cast, participants=12)
    quote(activity, "Never repeat this.", consent="none")

    assert readers(cast, Quote) == set()
    assert [Quote.objects.editable_by(getattr(cast, name)).count() for name in ("dana", "jordan", "chris")] == [
        1, 1, 0,
    ]  # fmt: skip


def test_the_trail_tells_nothing_of_what_participants_said(cast: Cast):
    activity = conversation(cast)
    said = quote(activity, "Never repeat this.", consent="none")
    activities.keep_part(said, by=cast.dana)
    activity.concerns = "Never repeat that."
    activities.keep(activity, by=cast.dana)

    kept = " ".join(f"{one.label} {one.changes} {one.reason}" for one in Entry.objects.all())
    assert "main concerns" in kept
    assert "Never repeat" not in kept


def test_only_those_who_keep_the_record_write_in_it(cast: Cast):
    activity = conversation(cast)

    for stranger in (cast.luis, cast.chris, cast.sam, cast.angela):
        with pytest.raises(MayNotWrite):
            activities.keep(ResearchActivity.objects.get(pk=activity.pk), by=stranger)
        with pytest.raises(MayNotWrite):
            activities.keep_part(Quote(activity=activity, text="So."), by=stranger)
    with pytest.raises(MayNotWrite):
        activities.keep(ResearchActivity(chapter=cast.hill_country, question="Why?"), by=cast.dana)


def test_a_second_click_makes_no_second_activity(cast: Cast):
    made = conversation(cast)
    again = ResearchActivity(form_key=made.form_key, chapter=cast.gulf_prairie, question="Again")

    assert activities.keep(again, by=cast.dana) == made
    assert ResearchActivity.objects.count() == 1


def test_uses_in_what_one_may_not_read_are_not_counted(cast: Cast):
    row = finding(conversation(cast))
    secret = logged(cast.dana, [alma_reyes()], confidentiality="restricted")
    own = paper(cast, confidentiality="chapter")
    for fields in ({"material": "Brief"}, {"interaction": secret}, {"material_on_file": own}):
        activities.use(FindingUse(finding=row, used_on=TODAY, **fields), by=cast.dana)

    used = {
        name: heard_in(row.activity, getattr(cast, name)).findings[0].in_words() for name in ("dana", "luis")
    }
    assert used == {"dana": "Used in 2 materials, 1 interaction", "luis": "Used in 1 material"}


def test_a_public_finding_is_everybodys_until_its_activity_is_closed(cast: Cast):
    activity = conversation(cast)
    finding(activity, is_public=True)

    assert "sam" in readers(cast, Finding)
    ResearchActivity.objects.update(confidentiality="chapter")
    assert "sam" not in readers(cast, Finding)
    assert not Finding.objects.public().exists()
