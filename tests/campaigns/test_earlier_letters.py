"""What is kept of letters for comparing later ones, and how a process keeps up with it."""

import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from campaigns import earlier_letters, similarity
from campaigns.actions import letter_shapes
from campaigns.models import Campaign, LetterShape
from campaigns.similarity import Crowd
from tests.cast import NOW, Cast, furnish

OURS = "Please support House Bill 118, which lets patients read their own records on the day they are made."
OTHER = "My mother waited six weeks for her biopsy result, and nobody could tell us why it took that long."
SHAPE = similarity.to_bytes(similarity.shape_of(OURS))
RULES: list[tuple[dict[str, Any], str]] = [
    ({"participation": 1}, "kept already"),
    ({"shape": SHAPE[:-1]}, "512 bytes"),
    ({"shape": SHAPE + b"\\0"}, "512 bytes"),
]


def campaign_of(cast: Cast, slug: str = "records") -> Campaign:
    return Campaign.objects.create(
        name="Read your record",
        slug=slug,
        kind="letter",
        owner=cast.dana,
        created_by=cast.dana,
        created_at=NOW,
        status_at=NOW,
    )


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return campaign_of(cast)


def crowd(campaign: Campaign, letter: str = OURS) -> Crowd:
    return earlier_letters.meter(letter, ours=OURS, campaign=campaign).crowd


def test_a_letter_is_held_against_those_of_its_own_campaign_only(cast: Cast, campaign: Campaign):
    elsewhere = campaign_of(cast, "elsewhere")
    letter_shapes.add(campaign, [(1, OURS), (2, OURS), (3, OTHER)])
    letter_shapes.add(elsewhere, [(4, OURS)])

    assert crowd(campaign) == Crowd(100, 2)
    assert crowd(elsewhere) == Crowd(100, 1)
    assert crowd(elsewhere, OTHER).grouped == 0


def test_no_letter_can_be_read_from_what_is_kept(campaign: Campaign):
    letter_shapes.add(campaign, [(1, OTHER)])

    assert list(LetterShape.objects.values_list("campaign", "participation", "shape")) == [
        (campaign.pk, 1, similarity.to_bytes(similarity.shape_of(OTHER)))
    ]
    assert {field.name for field in LetterShape._meta.fields} == {"id", "campaign", "participation", "shape"}


def test_adding_a_letter_again_keeps_the_first_and_one_without_words_is_not_kept(campaign: Campaign):
    letter_shapes.add(campaign, [(1, OURS), (1, OTHER), (2, " …")])
    letter_shapes.add(campaign, [(1, OTHER)])

    [row] = campaign.letter_shapes.all()
    assert (row.participation, bytes(row.shape)) == (1, SHAPE)


def test_letters_that_come_later_are_read_on_from_where_it_stopped(
    campaign: Campaign, django_assert_num_queries: Any
):
    letter_shapes.add(campaign, [(number, OURS) for number in range(3)])
    assert crowd(campaign).grouped == 3
    letter_shapes.add(campaign, [(7, OURS)])

    with django_assert_num_queries(1):
        assert crowd(campaign).grouped == 4
    with django_assert_num_queries(1):
        assert crowd(campaign).grouped == 4


def test_a_thousand_letters_are_added_by_a_few_queries(
    campaign: Campaign, django_assert_max_num_queries: Any
):
    with django_assert_max_num_queries(5):
        letter_shapes.add(campaign, [(number, f"{OURS} {number}") for number in range(1000)])

    assert LetterShape.objects.count() == 1000


@pytest.fixture
def a_second_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time somebody asks."""
    monkeypatch.setattr(earlier_letters, "SECONDS_BETWEEN_COUNTS", 0)


@pytest.mark.usefixtures("a_second_later")
def test_a_letter_that_comes_to_light_after_a_newer_one_is_not_missed(campaign: Campaign):
    letter_shapes.add(campaign, [(1, OURS)])
    [first] = campaign.letter_shapes.all()
    LetterShape.objects.create(pk=first.pk + 10, campaign=campaign, participation=2, shape=SHAPE)
    assert crowd(campaign).grouped == 2

    LetterShape.objects.create(pk=first.pk + 5, campaign=campaign, participation=3, shape=SHAPE)

    assert crowd(campaign).grouped == 3


@pytest.mark.usefixtures("a_second_later")
def test_letters_taken_back_or_deleted_are_counted_no_longer(campaign: Campaign):
    letter_shapes.add(campaign, [(1, OURS)])
    with transaction.atomic():
        letter_shapes.add(campaign, [(2, OURS)])
        assert crowd(campaign).grouped == 2
        transaction.set_rollback(True)
    assert crowd(campaign).grouped == 1

    LetterShape.objects.all().delete()

    assert crowd(campaign) == Crowd()


def test_more_campaigns_than_are_kept_are_read_anew(cast: Cast):
    campaigns = [campaign_of(cast, f"campaign-{number}") for number in range(10)]
    for one in campaigns:
        letter_shapes.add(one, [(1, OURS)])

    assert [crowd(one).grouped for one in [*campaigns, *campaigns]] == [1] * 20


@pytest.mark.parametrize(("fields", "sentence"), RULES)
def test_a_broken_rule_is_said_in_words_and_refused_by_the_database(
    campaign: Campaign, fields: dict[str, Any], sentence: str
):
    letter_shapes.add(campaign, [(1, OURS)])
    row = LetterShape(**({"campaign": campaign, "participation": 2, "shape": SHAPE} | fields))

    with pytest.raises(ValidationError, match=sentence):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_every_constraint_stands_in_this_list():
    assert {rule.name for rule in LetterShape._meta.constraints} == {
        "campaigns_lettershape_once_for_a_participation",
        "campaigns_lettershape_has_its_length",
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="threads share no database in memory; its writers take turns"
)
@pytest.mark.usefixtures("a_second_later")
def test_many_threads_adding_and_comparing_at_once_lose_and_double_nothing(clock: Any):
    campaign = campaign_of(furnish())
    failures: list[Exception] = []

    def take_part(first: int) -> None:
        try:
            for number in range(first, first + 10):
                letter_shapes.add(campaign, [(number, OURS)])
                crowd(campaign)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    # Each pair of threads adds the same ten letters.
    threads = [threading.Thread(target=take_part, args=[10 * (number // 2)]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert LetterShape.objects.count() == 30
    assert crowd(campaign) == Crowd(100, 30)
