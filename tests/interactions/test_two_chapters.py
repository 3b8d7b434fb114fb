"""Somebody with roles in two chapters: what one of them does takes nothing from the other."""

import pytest

from advocacy.interactions.actions import key_contacts
from advocacy.interactions.actions.key_contacts import KeepsInTouchElsewhere
from advocacy.interactions.models import KeyContact, Rank
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes
from tests.factories.people import member_of

pytestmark = pytest.mark.django_db


def test_naming_somebody_takes_them_from_no_other_chapter(cast: Cast):
    reyes = alma_reyes()
    named = {"person": cast.luis, "official": reyes, "rank": Rank.PRIMARY, "on": TODAY}
    theirs = key_contacts.assign(by=cast.luis, chapter=cast.hill_country, **named)
    member_of(cast.gulf_prairie, person=cast.luis)

    with pytest.raises(KeepsInTouchElsewhere):
        key_contacts.assign(by=cast.dana, chapter=cast.gulf_prairie, **named)
    page = browser_of(cast.dana).post(
        f"/log/coverage/gulf-prairie/officials/{reyes.pk}/", {"person": cast.luis.pk, "rank": "primary"}
    )

    assert "Luis Ortega keeps in touch with this official for Hill Country" in page.content.decode()
    theirs.refresh_from_db()
    assert (theirs.chapter, theirs.rank, theirs.ends_on) == (cast.hill_country, "primary", None)
    assert KeyContact.objects.get() == theirs
