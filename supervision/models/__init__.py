"""What a supervision group says and writes. Plain rows only: never a page, snippet, file of the CMS or search entry."""

from supervision.models.case import Case, CaseRound, CaseRoundRole
from supervision.models.day import ContractConfirmation, GroupContract, SupervisionDay
from supervision.models.learning import Learning, NextStep

__all__ = [
    "Case",
    "CaseRound",
    "CaseRoundRole",
    "ContractConfirmation",
    "GroupContract",
    "Learning",
    "NextStep",
    "SupervisionDay",
]
