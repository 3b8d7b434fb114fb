"""How zones are named to people."""

import pytest
from django.utils import translation

from advocacy.kernel.zones import zones_in_words


@pytest.mark.parametrize(
    ("language", "denver", "st_johns"),
    [
        ("en", "Denver time", "St. John’s time"),
        ("fr", "heure locale à Denver", "heure locale à Saint-Jean de Terre-Neuve"),
    ],
)
def test_a_form_offers_zones_by_their_city_in_the_language_of_now(language: str, denver: str, st_johns: str):
    with translation.override(language):
        offered = dict(zones_in_words())

    assert (offered["America/Denver"], offered["America/St_Johns"]) == (denver, st_johns)
