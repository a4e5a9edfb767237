"""Who opens which page: the owner, the colleagues, the supervisor, and everybody who nearly belongs."""

import re

import pytest
from django.urls import reverse

from supervision.models import Case
from tests.factories.supervision import CaseFactory, LearningFactory, NextStepFactory

pytestmark = pytest.mark.django_db

MEMBERS = {"author", "group colleague"}
CSRF_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
ALL = MEMBERS | {"supervisor"}
GROUP_PAGES = [
    ("group", "group", ALL),
    ("day", "day", ALL),
    ("note_learning", "day", ALL),
    ("new_case", "day", MEMBERS),
    ("add_next_step", "day", MEMBERS),
    ("case", "brought", ALL),
    ("case", "draft", {"author"}),
    ("edit_case", "brought", {"author"}),
    ("edit_case", "draft", {"author"}),
    ("delete_case", "brought", {"author"}),
    ("delete_case", "draft", {"author"}),
    ("tell_next_step", "step", {"author"}),
]
# What only the author or focus person does, and to what.
CHANGES = {"take_back_case": "brought", "approve_learning": "learning"}


@pytest.fixture
def things(day, author):
    return {
        "group": day.group,
        "day": day,
        "brought": CaseFactory(day=day, author=author, brought=True),
        "draft": CaseFactory(day=day, author=author),
        "step": NextStepFactory(day=day, person=author),
        "learning": LearningFactory(day=day, focus_person=author, noted_by=day.group.supervisor),
    }


@pytest.fixture
def statuses(client, insiders, outsiders):
    def ask(method, path):
        found = {}
        for who, person in (insiders | outsiders).items():
            client.force_login(person)
            found[who] = getattr(client, method)(path).status_code
        return found

    return ask


@pytest.mark.parametrize(("name", "thing", "allowed"), GROUP_PAGES)
def test_page_opens_for_those_it_is_for(things, statuses, name, thing, allowed):
    found = statuses("get", reverse(f"supervision:{name}", args=[things[thing].pk]))

    assert {who for who, status in found.items() if status == 200} == allowed
    assert {status for who, status in found.items() if who not in allowed} == {404}


@pytest.mark.parametrize("change", CHANGES)
def test_change_is_made_by_nobody_but_those_it_is_for(things, statuses, change):
    found = statuses("post", address(change, things[CHANGES[change]]))

    assert {who for who, status in found.items() if status != 404} == {"author"}


def address(name, thing):
    return reverse(f"supervision:{name}", args=[thing.pk])


@pytest.mark.parametrize("name", ["edit_case", "new_case", "add_next_step", "note_learning", "tell_next_step"])
def test_outsiders_post_is_not_found_and_stores_nothing(client, things, outsiders, form_data, name):
    thing = {"edit_case": "brought", "tell_next_step": "step"}.get(name, "day")
    before = list(Case.objects.order_by("pk").values())
    data = form_data(text="Noget", status="tried", follow_up="Noget")

    statuses = set()
    for person in outsiders.values():
        client.force_login(person)
        statuses.add(client.post(address(name, things[thing]), data).status_code)

    assert (statuses, list(Case.objects.order_by("pk").values())) == ({404}, before)


@pytest.mark.parametrize(("name", "thing", "allowed"), GROUP_PAGES)
def test_signed_out_people_are_sent_to_sign_in(client, things, name, thing, allowed):
    path = address(name, things[thing])

    response = client.get(path)

    assert (response.status_code, response.url) == (302, f"{reverse('account_login')}?next={path}")


def test_front_page_of_supervision_is_for_those_it_may_concern(things, statuses):
    found = statuses("get", reverse("supervision:home"))

    empty = {
        "municipality colleague in another group",
        "cohort colleague without a group",
        "other cohort",
        "supervisor of another group",
        "left yesterday",
        "starts tomorrow",
        "withdrawn",
    }
    assert {who for who, status in found.items() if status == 200} == ALL | empty
    assert {status for who, status in found.items() if who not in ALL | empty} == {404}


@pytest.mark.parametrize(("name", "thing"), [page[:2] for page in GROUP_PAGES])
def test_pages_are_kept_by_no_browser_and_no_proxy(client, author, things, name, thing):
    client.force_login(author)

    headers = client.get(address(name, things[thing])).headers

    assert set(headers["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert (headers["X-Robots-Tag"], headers["Referrer-Policy"]) == ("noindex", "same-origin")


def test_missing_and_forbidden_look_alike(client, things, outsiders):
    client.force_login(outsiders["programme_manager"])

    forbidden, missing = address("case", things["brought"]), reverse("supervision:case", args=[999_999])

    assert without_own_address(client, forbidden) == without_own_address(client, missing)


def without_own_address(client, path):
    return CSRF_TOKEN.sub("", client.get(path).content.decode()).replace(path, "")


def test_number_larger_than_the_database_knows_is_not_found(client, author):
    client.force_login(author)

    assert client.get(reverse("supervision:case", args=[10**30])).status_code == 404
