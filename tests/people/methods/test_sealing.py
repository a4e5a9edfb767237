import pytest

from lms.people.methods.sealing import CannotBeOpened, seal, unseal

OLD, NEW = "den gamle nøgle", "den nye nøgle"


def test_sealed_text_opens_again_and_shows_nothing_meanwhile():
    sealed = seal("hemmelig", keys=[NEW])

    assert ("hemmelig" in sealed, unseal(sealed, keys=[NEW])) == (False, "hemmelig")


def test_same_text_is_sealed_differently_each_time():
    assert seal("hemmelig", keys=[NEW]) != seal("hemmelig", keys=[NEW])


def test_nothing_stays_nothing():
    assert (seal("", keys=[NEW]), unseal("", keys=[NEW])) == ("", "")


def test_old_key_still_opens_while_the_new_one_seals():
    sealed = seal("hemmelig", keys=[OLD])

    assert unseal(sealed, keys=[NEW, OLD]) == "hemmelig"


@pytest.mark.parametrize("change", [lambda text: text[:-4] + "AAAA", lambda _text: "rubbish"])
def test_changed_text_does_not_open(change):
    with pytest.raises(CannotBeOpened):
        unseal(change(seal("hemmelig", keys=[NEW])), keys=[NEW])


def test_another_key_does_not_open():
    with pytest.raises(CannotBeOpened):
        unseal(seal("hemmelig", keys=[OLD]), keys=[NEW])
