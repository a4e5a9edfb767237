import pytest

from tests.people.held import make_held, make_places


@pytest.fixture
def places():
    return make_places()


@pytest.fixture
def held(places):
    return make_held(places, name="Zeisigine Vogelwinther", tag="zeisigvogel", phone="51627384")


@pytest.fixture
def colleague(places, held):
    return make_held(places, name="Pirolette Amselgaard", tag="pirolamsel", phone="61728394")
