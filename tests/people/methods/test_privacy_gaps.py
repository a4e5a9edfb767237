"""Nothing that has to do with a person is missing from the register, and the check for that would notice."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import models

from lms.people.methods.privacy import Apart, Erasure, Line, Register, gaps_in, the_register
from lms.people.methods.privacy.gaps import leads_to_people
from lms.people.models import User

OURS = {"courses", "forum", "meetings", "notifications", "people", "programme", "supervision"}


def every_model():
    return list(apps.get_models(include_auto_created=True))


def register_without(label):
    full = the_register()
    apart = [replace(part, models=tuple(model for model in part.models if model != label)) for part in full.apart]
    return Register([line for line in full.lines if line.model != label], apart)


def register_with(label, **changes):
    return Register(
        [replace(line, **changes) if line.model == label else line for line in the_register().lines],
        the_register().apart,
    )


def test_every_model_is_answered_for(report):
    full = the_register()
    report(f"{len(full.lines)} models are listed, {sum(len(part.models) for part in full.apart)} kept apart")

    assert gaps_in(full, every_model(), User) == []


@pytest.mark.parametrize("label", sorted(model._meta.label for model in apps.get_models(include_auto_created=True)))
def test_each_model_would_be_missed(label):
    assert f"{label} is not listed" in gaps_in(register_without(label), every_model(), User)


def test_a_line_about_no_model_is_a_gap():
    line = replace(the_register().lines[0], model="people.Diary")
    extra = Register([*the_register().lines, line], the_register().apart)

    assert gaps_in(extra, every_model(), User) == ["people.Diary is listed, and there is no such model"]


def test_a_model_listed_twice_is_a_gap():
    twice = Register([*the_register().lines, the_register().lines[0]], the_register().apart)

    assert gaps_in(twice, every_model(), User) == ["people.User is listed 2 times"]


def test_every_listed_model_that_leads_to_a_person_cannot_be_kept_apart(report):
    people = {User._meta.label, *(line.model for line in the_register().lines if line.person)}
    leading = [line.model for line in the_register().lines if leads_to_people(apps.get_model(line.model), people)]
    noticed = []

    for label in leading:
        bare = register_without(label)
        moved = Register(bare.lines, [*bare.apart, Apart((label,), "nothing to see")])
        noticed += [label] if any(gap.startswith(f"{label}.") for gap in gaps_in(moved, every_model(), User)) else []

    report(f"{len(noticed)} of {len(leading)} models that lead to a person are noticed when they are kept apart")
    assert noticed == leading
    assert len(leading) >= 60


def test_a_person_no_path_names_is_a_gap():
    register = register_with("meetings.Attendance", by=())

    assert gaps_in(register, every_model(), User) == [
        "meetings.Attendance.marked_by points at a person whom the line does not name"
    ]


def test_a_text_that_nobody_has_decided_about_is_a_gap():
    register = register_with("meetings.Enrolment", blank=())

    assert gaps_in(register, every_model(), User) == [
        "meetings.Enrolment.reason is a text, and the line does not say whether it stays"
    ]


def test_a_field_that_is_not_there_is_a_gap():
    register = register_with("forum.Tried", stays=("remark", "colour"))

    assert gaps_in(register, every_model(), User) == [
        "forum.Tried.colour is named by the line, and there is no such field"
    ]


class Diary(models.Model):
    """What somebody might add one day."""

    written_by = models.BigIntegerField()
    contact = models.EmailField()
    ip = models.GenericIPAddressField()
    extra = models.JSONField()
    keeper = models.ForeignKey(User, models.CASCADE, related_name="+")
    readers = models.ManyToManyField(User, related_name="+")
    seat = models.ForeignKey("meetings.Enrolment", models.CASCADE, related_name="+")
    height = models.IntegerField()

    class Meta:
        app_label = "meetings"
        managed = False

    def __str__(self):
        return str(self.pk)


# Known to this file alone: the apps' own list is other tests' business.
apps.all_models["meetings"].pop("diary")
apps.all_models["meetings"].pop("diary_readers", None)
apps.clear_cache()


def test_every_way_to_lead_to_a_person_is_seen():
    found = leads_to_people(Diary, {"people.User", "meetings.Enrolment"})

    assert found == ["written_by", "contact", "ip", "extra", "keeper", "seat", "readers"]


def test_a_new_model_has_to_be_listed():
    assert gaps_in(the_register(), [*every_model(), Diary], User) == ["meetings.Diary is not listed"]


def test_every_line_says_in_words_what_it_holds_and_what_it_is_for():
    wordless = [line.model for line in the_register().lines if not (str(line.holds) and str(line.activity.purpose))]

    assert wordless == []


def test_what_stays_says_why():
    stays = (Erasure.ANONYMOUS, Erasure.NUMBER)

    assert [line.model for line in the_register().lines if line.erasure in stays and not str(line.because)] == []


def test_every_app_of_ours_has_told_what_it_holds():
    listed = {line.model for line in the_register().lines}
    listed |= {label for part in the_register().apart for label in part.models}

    assert {label.partition(".")[0] for label in listed} >= OURS


def test_a_line_alone_needs_little():
    line = Line(model="x.Y", activity=the_register().lines[0].activity, holds="x", erasure=Erasure.DELETE)

    assert (line.person, line.by, line.keep, line.forget) == ((), (), None, None)
