"""The levels at which a chapter writes things down, and who reads each (DOMAIN.md §4.8): for every app above."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.access import Reach


class Confidentiality(models.TextChoices):
    SHARED = "shared", _("Shared")
    CHAPTER = "chapter", _("Chapter only")
    RESTRICTED = "restricted", _("Restricted")


def readable_by_level(reach: Reach, *, author: str, chapter: str) -> Q:
    """Rows inside `reach` by a level of their own, for things that hang on a record which the person reads.

    Whoever reads the record reads what is *shared*; the chapter's people and their vice chair what is for the
    *chapter*; its advocates what is *restricted*; the author all of it while they belong to the chapter; staff
    everything. `author` and `chapter` name the way there from the row.
    """
    if reach.is_staff:
        return Q()
    in_chapters = f"{chapter}__in"
    return (
        Q(**{author: reach.person_id, in_chapters: reach.belongs_to})
        | Q(confidentiality=Confidentiality.RESTRICTED, **{in_chapters: reach.advocate_of})
        | Q(confidentiality=Confidentiality.CHAPTER, **{in_chapters: reach.reads})
        | Q(confidentiality=Confidentiality.SHARED)
    )
