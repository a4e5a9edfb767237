"""The register of personal data: what each app holds of people, why, for how long, and what erasure does with it.

Filled from each app's ``privacy.py``; the apps below ``lms.people`` and other packages are answered for there.
"""

from lms.people.methods.privacy.gaps import gaps_in
from lms.people.methods.privacy.lines import (
    Activity,
    Apart,
    Erasure,
    Keep,
    Line,
    Register,
    keep_apart,
    register,
    the_register,
)

__all__ = [
    "Activity",
    "Apart",
    "Erasure",
    "Keep",
    "Line",
    "Register",
    "gaps_in",
    "keep_apart",
    "register",
    "the_register",
]
