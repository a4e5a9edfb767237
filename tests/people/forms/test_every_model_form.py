"""No form stores a field it did not show, whatever is sent beside the shown ones."""

from datetime import date

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.db import models
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.snippets.models import get_snippet_models

from courses.models import CoursePage, LibraryPage, TeachingDayPage
from lms.people.forms import AccountForm
from lms.people.models import Organisation, User, WorkAccount
from tests.access.addresses import PAGE_FORM
from tests.factories.courses import course_page, full_day_page
from tests.factories.people import MunicipalityFactory, UserFactory, WorkAccountFactory
from tests.people.forms.walk import forms_of_ours

pytestmark = pytest.mark.django_db
# What nobody may write about themselves or others by a form that does not show it.
COVETED = {"is_superuser", "is_staff", "municipality", "role", "group", "person", "status", "state", "by"}

STREAMS = {"introduction", "aims", "agenda", "preparation", "body", "materials"}
COUNTERS = {name: value for name, value in PAGE_FORM.items() if "-" in name} | {"introduction": "null"}
LISTS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
COUNTERS |= {f"{name}-{counter}": 0 for name in ("materials", "comments") for counter in LISTS}


def stored(model):
    """A row as a view would have it: what a new one fills in by itself is no change there."""
    made = {
        WorkAccount: WorkAccountFactory,
        TeachingDayPage: full_day_page,
        CoursePage: course_page,
        LibraryPage: lambda: course_page().add_child(instance=LibraryPage(title="Bibliotek", slug="bibliotek")),
        User: UserFactory,
    }
    return made[model]() if model in made else model()


def model_forms() -> dict[str, type]:
    """Ours, and those Wagtail makes for our pages, files and vocabulary."""
    ours = {
        f"{kind.__module__}.{kind.__name__}": kind
        for kind in forms_of_ours()
        if issubclass(kind, forms.BaseModelForm) and getattr(kind, "_meta", None) and kind._meta.model
    }
    pages = {
        f"page {model.__name__}": model.get_edit_handler().get_form_class()
        for model in (CoursePage, LibraryPage, TeachingDayPage)
    }
    files = {
        "document": get_document_form(get_document_model()),
        "image": get_image_form(get_image_model()),
    }
    snippets = {f"snippet {model.__name__}": model.snippet_viewset.get_form_class() for model in get_snippet_models()}
    return ours | pages | files | snippets


def value_for(field, person):
    """Something the field would take, and would not have by itself."""
    if field.choices:
        return str(list(field.flatchoices)[-1][0])
    if isinstance(field, models.BooleanField):
        return "" if field.default is True else "on"
    if field.is_relation:
        return str(getattr(field.related_model.objects.first(), "pk", person.pk))
    if isinstance(field, (models.DateField, models.DateTimeField)):
        return date(2031, 1, 1).isoformat()
    if isinstance(field, (models.IntegerField, models.FloatField)):
        return "41"
    return "zebra"


def sent_to(kind, person) -> dict:
    """Every field of the model, by its name and by its column's, and what is coveted most."""
    # What Wagtail's lists and our blocks count; a list of none is a valid one.
    data = dict.fromkeys(COVETED, "on") | COUNTERS
    for field in kind._meta.model._meta.get_fields():
        if field.name in STREAMS:
            continue
        if getattr(field, "concrete", False):
            data[field.name] = data[getattr(field, "attname", field.name)] = value_for(field, person)
    return data


def unshown(instance, shown) -> dict:
    """What the row holds in the fields the form does not show."""
    fields = [field for field in instance._meta.concrete_fields if field.name not in shown]
    return {field.attname: field.value_from_object(instance) for field in fields}


def made(kind, data, instance, person):
    """The form with ``data``, as a view would make it."""
    return kind(data, instance=instance, **({"for_user": person} if issubclass(kind, WagtailAdminModelForm) else {}))


def changed_unseen(kind, instance=None) -> dict:
    """The fields that were written though the form does not show them, with their new values."""
    person = UserFactory()
    MunicipalityFactory()
    instance = instance or stored(kind._meta.model)
    shown = set(kind.base_fields)
    before = unshown(instance, shown)
    form = made(kind, sent_to(kind, person), instance, person)
    form.is_valid()
    after = unshown(form.instance, shown)
    return {name: value for name, value in after.items() if before[name] != value}


@pytest.mark.parametrize("name", sorted(model_forms()))
def test_form_writes_only_what_it_shows(name):
    assert changed_unseen(model_forms()[name]) == {}


@pytest.mark.parametrize("name", sorted(model_forms()))
def test_form_names_its_fields_one_by_one(name):
    assert names_its_fields(model_forms()[name])


def names_its_fields(kind) -> bool:
    """Django makes »all« out of no fields at all, and what is left out out of everything else."""
    return kind._meta.fields is not None and not kind._meta.exclude


def test_forms_were_counted(report):
    kinds = model_forms()
    fields = {(kind._meta.model, name) for kind in kinds.values() for name in sent_to(kind, UserFactory())}

    report(f"{len(kinds)} forms over rows sent {len(fields)} fields of theirs: 0 written that were not shown")
    assert (len(kinds) > 15, len(fields) > 200) == (True, True)


class AllFields(forms.ModelForm):
    """The control: what a hurried hand writes."""

    class Meta:
        model = User
        fields = "__all__"  # noqa: DJ007 - the hole this is about


class AllButOne(forms.ModelForm):
    class Meta:
        model = User
        exclude = ("password",)  # noqa: DJ006 - the same hole, by the other door


class ReadsTheRest(AccountForm):
    """Shows four fields and takes more: the hole no list of fields shows."""

    def clean(self):
        for name in self.data.keys() - self.fields.keys():
            if hasattr(self.instance, name) and name not in {"is_staff", "groups", "user_permissions"}:
                setattr(self.instance, name, self.data[name])
        return super().clean()


@pytest.mark.parametrize("kind", [AllFields, AllButOne])
def test_control_form_of_all_fields_is_found(kind):
    assert not names_its_fields(kind)
    assert {"is_superuser", "groups"} <= set(kind.base_fields)


def test_control_form_that_reads_more_than_it_shows_is_found():
    assert changed_unseen(ReadsTheRest, UserFactory())["is_superuser"] == "on"


def test_choices_of_a_form_do_not_hold_what_the_reader_may_not_use():
    """The vocabulary and files are chosen from lists; a role, an account and a group are in none of the model forms."""
    related = {
        (name, field.queryset.model)
        for name, kind in model_forms().items()
        for field in kind.base_fields.values()
        if isinstance(field, forms.ModelChoiceField)
    }

    assert {name for name, model in related if model in {User, Group}} == set()
    assert {name for name, model in related if model is Organisation} == {
        "lms.people.forms.work_accounts.NewWorkAccountForm"
    }
