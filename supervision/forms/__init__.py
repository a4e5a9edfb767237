"""What people write for supervision. Every text passes the writing guard before anything is stored."""

from supervision.forms.case import CaseForm
from supervision.forms.dates import ChosenDateForm
from supervision.forms.days import PlanDaysForm
from supervision.forms.learning import LearningForm, NextStepForm, TellForm

__all__ = ["CaseForm", "ChosenDateForm", "LearningForm", "NextStepForm", "PlanDaysForm", "TellForm"]
