import pytest
from django.urls import NoReverseMatch, resolve, reverse

from lms.forum.models import Discussion
from lms.forum.urls import KINDS


def test_every_kind_has_a_danish_word_in_the_address():
    assert list(KINDS) == Discussion.Kind.values


@pytest.mark.parametrize("kind", KINDS)
def test_the_address_of_a_form_leads_back_to_its_kind(kind):
    address = reverse("forum:write", args=[kind])

    assert (address, resolve(address).kwargs) == (f"/faellesskab/ny/{KINDS[kind]}/", {"kind": kind})


def test_there_is_no_form_for_another_kind():
    with pytest.raises(KeyError):
        reverse("forum:write", args=["sang"])


@pytest.mark.parametrize("name", ["discussion", "edit", "reply", "tried", "follow", "report", "hide"])
def test_a_discussion_is_named_by_its_number(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"forum:{name}", args=["x"])
