"""The commands of an administrator: hand out, erase, let go, and write down what is held."""

import io
import zipfile
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command

from lms.meetings.models import RefusedMail
from lms.people.management.commands import privacy_register
from lms.people.methods.privacy import Register, the_register
from lms.people.models import User
from tests.factories.forum import PostFactory
from tests.factories.people import InvitationFactory, UserFactory
from tests.people.held import NOW

pytestmark = pytest.mark.django_db


def said(*command, **options):
    out = io.StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue().splitlines()


def test_export_person_writes_one_zip(tmp_path):
    person = UserFactory(name="Mette Lindholm")

    lines = said("export_person", person.email.upper(), output=tmp_path / "mette.zip")

    assert lines == [str(tmp_path / "mette.zip")]
    with zipfile.ZipFile(tmp_path / "mette.zip") as archive:
        assert "Mette Lindholm" in archive.read("laes-mig.html").decode()


def test_export_person_says_when_nobody_has_the_address(tmp_path):
    with pytest.raises(CommandError, match="Nobody here has that address"):
        said("export_person", "ingen@example.org", output=tmp_path / "x.zip")

    assert list(tmp_path.iterdir()) == []


def test_the_preview_of_an_erasure_counts_and_takes_nothing():
    person = UserFactory(name="Mette Lindholm")
    InvitationFactory(person=person)
    post = PostFactory(body="Spørg Mette Lindholm")

    lines = said("erase_person", person.email, preview=True)

    assert lines == [
        "people.Invitation: 1",
        "people.User: 1",
        "Named in others' texts: 1 places, for a moderator to read.",
        f"  forum.Post.body: {post.pk}",
    ]
    assert User.objects.filter(pk=person.pk).exists()


def test_erase_person_erases_and_the_second_time_finds_nobody():
    person = UserFactory(name="Mette Lindholm")

    first, second = said("erase_person", person.email), said("erase_person", person.email)

    assert first == ["people.User: 1", "Named in others' texts: 0 places, for a moderator to read."]
    assert second == ["Nobody here has that address. Files deleted: 0."]
    assert not User.objects.filter(pk=person.pk).exists()


@time_machine.travel(NOW, tick=False)
def test_retention_shows_what_would_go_lets_it_go_and_tells_of_it():
    RefusedMail.objects.create(sender="a@b.example", reason="no_reply", received_at="2026-01-01T00:00Z")

    preview, run, again, report = (
        said("retention", "--preview"), said("retention"), said("retention"), said("retention", "--report"),
    )  # fmt: skip

    assert "meetings.RefusedMail: 1" in preview
    assert (run, again, report) == (["meetings.RefusedMail: 1"], [], ["2026-11-20 meetings.RefusedMail: 1"])


def test_the_page_of_the_register_is_up_to_date():
    said("privacy_register", "--check")

    text = (settings.BASE_DIR / privacy_register.PAGE).read_text(encoding="utf-8")
    missing = [line.model for line in the_register().lines if f"`{line.model}`" not in text]
    assert [model for model in missing if not model.startswith(privacy_register.OF_ONE_DATABASE)] == []


def test_the_check_notices_a_page_that_is_out_of_date(monkeypatch, tmp_path):
    monkeypatch.setattr(privacy_register, "PAGE", tmp_path / "privacy.md")

    for text in (None, "noget andet"):
        if text:
            Path(tmp_path / "privacy.md").write_text(text, encoding="utf-8")
        with pytest.raises(CommandError, match="out of date"):
            said("privacy_register", "--check")

    said("privacy_register")
    said("privacy_register", "--check")


def test_the_check_notices_a_gap(monkeypatch):
    monkeypatch.setattr(
        privacy_register, "the_register", lambda: Register(the_register().lines[1:], the_register().apart)
    )

    with pytest.raises(CommandError, match=r"people\.User is not listed"):
        said("privacy_register", "--check")
