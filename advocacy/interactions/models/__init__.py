from advocacy.interactions.models.ask import Ask, AskKind, AskResponse
from advocacy.interactions.models.choices import (
    Capacity,
    Initiator,
    Kind,
    Level,
    Purpose,
    State,
)
from advocacy.interactions.models.commitment import Commitment, CommitmentSide, Outcome
from advocacy.interactions.models.do_not_contact import DoNotContact
from advocacy.interactions.models.followup import FollowUp, FollowUpKind, FollowUpStatus
from advocacy.interactions.models.impression import Impression
from advocacy.interactions.models.interaction import Interaction
from advocacy.interactions.models.meeting_request import (
    Channel,
    MeetingRequest,
    Occasion,
    RequestState,
    Step,
)
from advocacy.interactions.models.parties import Counterpart, Credit, Office, Participant, Topic
from advocacy.interactions.models.proof import Proof, ProofState
from advocacy.interactions.models.relationship import Basis, KeyContact, Rank, RelationshipScore, Strength
from advocacy.interactions.models.stance import OfficialStance, Stance, StanceEvidence
from advocacy.interactions.models.survey import AnswerState, Survey, SurveyAnswer, year_of
from advocacy.interactions.models.votes_needed import VotesNeeded
from members.confidentiality import Confidentiality

__all__ = [
    "AnswerState",
    "Ask",
    "AskKind",
    "AskResponse",
    "Basis",
    "Capacity",
    "Channel",
    "Commitment",
    "CommitmentSide",
    "Confidentiality",
    "Counterpart",
    "Credit",
    "DoNotContact",
    "FollowUp",
    "FollowUpKind",
    "FollowUpStatus",
    "Impression",
    "Initiator",
    "Interaction",
    "KeyContact",
    "Kind",
    "Level",
    "MeetingRequest",
    "Occasion",
    "Office",
    "OfficialStance",
    "Outcome",
    "Participant",
    "Proof",
    "ProofState",
    "Purpose",
    "Rank",
    "RelationshipScore",
    "RequestState",
    "Stance",
    "StanceEvidence",
    "State",
    "Step",
    "Strength",
    "Survey",
    "SurveyAnswer",
    "Topic",
    "VotesNeeded",
    "year_of",
]
