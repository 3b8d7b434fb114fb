from datetime import date

from django.utils import translation

from advocacy.events.models import AdvocacyEvent


def test_a_day_is_told_with_a_comma_behind_its_weekday_in_english_and_without_one_in_french() -> None:
    event = AdvocacyEvent(held_on=date(2026, 11, 22))

    with translation.override("en"):
        assert event.day_in_words == "Sunday, Nov. 22, 2026"
    with translation.override("fr"):
        assert event.day_in_words == "dimanche 22 novembre 2026"
