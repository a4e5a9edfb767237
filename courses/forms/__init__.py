"""What editors and kursister type: guarded before it is stored."""

from courses.forms.cohorts import CopiedCohortForm, NewCohortForm
from courses.forms.library import LibraryForm
from courses.forms.makeup import InsteadForm, MakeUpAnswerForm
from courses.forms.own_work import PreparationForm, ReflectionForm, TrialForm, TrialStoryForm
from courses.forms.pages import GuardedPageForm
from courses.forms.uploads import GuardedDocumentForm, GuardedImageForm

__all__ = [
    "CopiedCohortForm",
    "GuardedDocumentForm",
    "GuardedImageForm",
    "GuardedPageForm",
    "InsteadForm",
    "LibraryForm",
    "MakeUpAnswerForm",
    "NewCohortForm",
    "PreparationForm",
    "ReflectionForm",
    "TrialForm",
    "TrialStoryForm",
]
