from members.models.chapter import Chapter, ChapterTerritory, JurisdictionTeam
from members.models.invitation import Invitation, TermsAcceptance
from members.models.role import Role, RoleAssignment
from members.models.saved_place import Basis, SavedDistrict, SavedPlace
from members.models.society import Region, Society

__all__ = [
    "Basis",
    "Chapter",
    "ChapterTerritory",
    "Invitation",
    "JurisdictionTeam",
    "Region",
    "Role",
    "RoleAssignment",
    "SavedDistrict",
    "SavedPlace",
    "Society",
    "TermsAcceptance",
]
