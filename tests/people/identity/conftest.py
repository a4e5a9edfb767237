import pytest

from tests.people.identity.running import IdentityProvider
from tests.people.identity.workplaces import Workplace, invited_to


@pytest.fixture(scope="session")
def running_provider(tmp_path_factory):
    provider = IdentityProvider(tmp_path_factory.mktemp("identity"))
    yield provider
    provider.stop()


@pytest.fixture
def provider(running_provider):
    running_provider.set_up()
    return running_provider


@pytest.fixture
def entra(provider, db):
    """Viborg signs in with Entra ID, and Mette works there."""
    workplace = Workplace(provider, "entra")
    workplace.employ("mette", email="mette@viborg.dk", name="Mette Lindholm", oid="oid-of-mette")
    return workplace


@pytest.fixture
def adfs(provider, db, client):
    """Viborg signs in with AD FS, and Mette works there."""
    workplace = Workplace(provider, "adfs")
    workplace.employ_saml(client, "mette", "mette@viborg.dk")
    return workplace


@pytest.fixture
def invitation(request):
    """Mette is invited by the workplace that the test is about."""
    name = "entra" if "entra" in request.fixturenames else "adfs"
    return invited_to(request.getfixturevalue(name).organisation)
