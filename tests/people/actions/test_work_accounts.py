import pytest
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from lms.people import actions
from lms.people.methods.claims import Identity
from lms.people.methods.problems import Problem, SignInRefused
from lms.people.models import AuditEntry, Role, WorkAccount, WorkAccountDomain
from tests.factories.people import MembershipFactory, MunicipalityFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
IDENTITY = Identity(subject="mark", email="mette@viborg.dk")


@pytest.fixture
def by():
    return person_with(Role.ADMINISTRATOR)


def set_up(by, shape="oidc", **fields):
    organisation = fields.pop("organisation", None) or MunicipalityFactory()
    return actions.set_up_work_account(organisation=organisation, shape=shape, by=by, now=timezone.now())


def change(account, by, domains=("viborg.dk",), secret="", **connection):
    return actions.change_work_account(
        account=account, domains=list(domains), secret=secret, by=by, now=timezone.now(), **connection
    )


def switch(account, by, **switches):
    off = {"is_active": False, "is_required": False, "counts_as_second_factor": False}
    return actions.switch_work_account(account=account, by=by, now=timezone.now(), **(off | switches))


def tried(account, by):
    actions.note_trial(account=account, went_well=True, by=by, now=timezone.now())


def test_new_work_account_lets_nobody_in(by):
    account = set_up(by)

    assert (account.is_active, account.is_complete, account.is_tried) == (False, False, False)


@pytest.mark.parametrize(
    ("shape", "has_key"), [("entra", False), ("oidc", False), ("adfs", True), ("kombit", True), ("saml", True)]
)
def test_each_saml_connection_has_a_key_of_its_own(by, shape, has_key):
    account = set_up(by, shape)

    assert ("PRIVATE KEY" in account.own_key, "CERTIFICATE" in account.own_certificate) == (has_key, has_key)
    assert "PRIVATE KEY" not in account.sealed_own_key


def test_secret_is_never_stored_as_it_is(by):
    account = change(set_up(by), by, secret="meget hemmelig", issuer="https://login.example.org", client_id="x")

    stored = " ".join(str(value) for value in WorkAccount.objects.values_list().get())
    assert ("meget hemmelig" in stored, account.client_secret, account.is_complete) == (False, "meget hemmelig", True)


def test_empty_secret_keeps_the_one_we_have(by):
    account = change(set_up(by), by, secret="meget hemmelig")

    assert change(account, by, client_id="y").client_secret == "meget hemmelig"


def test_only_a_change_of_the_connection_asks_for_a_new_test(by):
    account = change(set_up(by), by, client_id="x")
    tried(account, by)

    assert change(account, by, domains=["viborg.dk", "ny.dk"], client_id="x").is_tried is True
    assert change(account, by, client_id="y").is_tried is False


def test_test_that_failed_opens_nothing(by):
    account = set_up(by)

    actions.note_trial(account=account, went_well=False, by=by, now=timezone.now())

    with pytest.raises(actions.NotTried):
        switch(account, by, is_active=True)


def test_switching_off_and_changing_how_much_it_counts_needs_no_test(by):
    account = set_up(by)
    tried(account, by)
    switch(account, by, is_active=True)
    change(account, by, client_id="another")

    assert switch(account, by, is_active=True, counts_as_second_factor=True).counts_as_second_factor is True
    assert switch(account, by).is_active is False


def test_domain_leads_to_one_work_account_only(by):
    change(set_up(by), by, domains=["viborg.dk"])

    with pytest.raises(actions.DomainTaken):
        change(set_up(by), by, domains=["ny.dk", "viborg.dk"])

    assert list(WorkAccountDomain.objects.values_list("name", flat=True)) == ["viborg.dk"]


def test_domain_that_is_left_out_leads_nowhere_any_more(by):
    account = change(set_up(by), by, domains=["viborg.dk", "gammel.dk"])

    change(account, by, domains=["viborg.dk", "ny.dk"])

    assert list(account.domains.values_list("name", flat=True)) == ["ny.dk", "viborg.dk"]


@pytest.fixture
def active(by):
    account = change(set_up(by), by)
    tried(account, by)
    return switch(account, by, is_active=True)


def come_in(account, identity=IDENTITY):
    return actions.come_in_from_work(account=account, identity=identity, now=timezone.now())


def test_coming_in_twice_is_the_same_link(active):
    person = UserFactory(email="mette@viborg.dk")
    MembershipFactory(person=person, organisation=active.organisation)

    first, second = come_in(active), come_in(active)

    assert (first, first.user) == (second, person)
    assert AuditEntry.objects.filter(verb="linked_work_account").count() == 1


def test_same_mark_at_another_organisation_is_somebody_else(by, active):
    person = UserFactory(email="mette@viborg.dk")
    MembershipFactory(person=person, organisation=active.organisation)
    come_in(active)
    other = change(set_up(by), by, domains=["horsens.dk"])
    tried(other, by)
    other = switch(other, by, is_active=True)

    with pytest.raises(SignInRefused) as refused:
        come_in(other, Identity(subject="mark", email="x@horsens.dk"))

    assert refused.value.problem == Problem.NOT_INVITED


def test_work_account_that_is_off_takes_nobody(by, active):
    person = UserFactory(email="mette@viborg.dk")
    MembershipFactory(person=person, organisation=active.organisation)

    with pytest.raises(SignInRefused) as refused:
        come_in(switch(active, by))

    assert (refused.value.problem, SocialAccount.objects.count()) == (Problem.NOT_ACTIVE, 0)


def test_everything_that_is_done_is_noted_without_names(by, active):
    person = UserFactory(email="mette@viborg.dk")
    MembershipFactory(person=person, organisation=active.organisation)
    link = come_in(active)
    actions.remove_link(link=link, by=by, now=timezone.now())

    noted = AuditEntry.objects.order_by("id").values_list("verb", "actor_id", "object_type")
    row, human = "people.workaccount", "people.user"
    assert list(noted) == [
        ("set_up_work_account", by.pk, row),
        ("changed_work_account", by.pk, row),
        ("tried_work_account", by.pk, row),
        ("switched_work_account", by.pk, row),
        ("linked_work_account", person.pk, row),
        ("removed_work_link", by.pk, human),
    ]
