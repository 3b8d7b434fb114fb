"""What the gate of a public form says, and why: kept with the act, so that staff see what they decide about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GateDecision(models.TextChoices):
    """`HOLD` is told to nobody outside: the sender is thanked like any other, and staff look."""

    PASS = "pass", _("Let through")
    HOLD = "hold", _("Held for a look")
    REFUSE = "refuse", _("Refused")


class Doubt(models.TextChoices):
    HIDDEN_FIELD = "hidden_field", _("A field was filled in that people do not see")
    TOO_FAST = "too_fast", _("Sent faster than a person types")
    PAGE_TOO_OLD = "page_too_old", _("The page had been open for more than twelve hours")
    NO_PAGE = "no_page", _("It was not sent from the page of this campaign")
    NO_PUZZLE = "no_puzzle", _("The browser solved no puzzle")
    PUZZLE_EXPIRED = "puzzle_expired", _("The puzzle was solved too late")
    PUZZLE_WRONG = "puzzle_wrong", _("The answer to the puzzle is not one of ours")
    PUZZLE_USED = "puzzle_used", _("The answer to the puzzle was used before")
    SAME_TEXT = "same_text", _("The same personal text came many times")
    LINKS = "links", _("The personal text has links in it")
    OFFICIALS_ADDRESS = "officials_address", _("The sender’s address belongs to an official")
    MANY_FROM_CLIENT = "many_from_client", _("Too many from one connection")
    MANY_FROM_ADDRESS = "many_from_address", _("Too many from one address")
    MANY_IN_CAMPAIGN = "many_in_campaign", _("Unusually many in this campaign")
