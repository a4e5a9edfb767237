"""What is not refused but asked about: once, with what was found, a button that rewrites it, and a tick for this text."""

import io
import re
import zipfile

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template.loader import render_to_string
from pypdf import PdfWriter

from lms.formats import text as files
from lms.formats.pdf import simple_document
from lms.people.forms import CPR_IN_FILE, CPR_MESSAGE, GuardedFormMixin
from lms.people.forms.notes import MOST_EXCERPTS, UNREADABLE, Excerpt
from tests.factories.people import UserFactory

PHONE = "Ring til hende på 20 30 40 50 i morgen."
ASKED = "Der står noget, der ligner et telefonnummer. Intet er gemt endnu. Skriv det om, eller sæt kryds ved, at det må stå her."


class OpenForm(GuardedFormMixin, forms.Form):
    unasked = frozenset({"place"})

    text = forms.CharField(required=False)
    other = forms.CharField(required=False)
    place = forms.CharField(required=False)
    email = forms.EmailField(required=False)
    hidden = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(required=False, choices=[("20 30 40 50", "")])
    file = forms.FileField(required=False)


class CaseLikeForm(OpenForm):
    is_confidential = True


def posted(**data):
    """As a browser sends it."""
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(
            name.replace("_", "-") if name.startswith("guard") else name, value if isinstance(value, list) else [value]
        )
    return query


def errors(form):
    return {name: list(messages) for name, messages in form.errors.items()}


def tick_of(form, name="text"):
    return form.guard_notes[name].tick


def test_a_phone_number_stops_the_form_and_says_so_by_its_field():
    form = OpenForm(posted(text=PHONE, other="Hej"))

    assert errors(form) == {"text": [ASKED]}
    assert form.guard_notes["text"].excerpts == [Excerpt("Ring til hende på ", "20 30 40 50", " i morgen.")]
    assert form.data["text"] == PHONE


@pytest.mark.parametrize("field", ["place", "hidden", "kind"])
def test_what_a_field_asks_for_is_not_asked_about(field):
    assert OpenForm(posted(**{field: "20 30 40 50"})).is_valid()


@pytest.mark.django_db
def test_a_field_for_an_e_mail_address_may_hold_one_in_a_case_too():
    assert CaseLikeForm(posted(email="mette@example.org")).is_valid()


@pytest.mark.parametrize("field", ["place", "hidden", "text"])
def test_a_cpr_number_is_refused_everywhere_without_a_tick(field):
    form = OpenForm(posted(**{field: "010190-1234"}))

    assert (errors(form), tick_of(form, field)) == ({field: [CPR_MESSAGE]}, "")


def test_a_tick_lets_this_text_through():
    asked = OpenForm(posted(text=PHONE))
    asked.is_valid()

    form = OpenForm(posted(text=PHONE, guard_ok=tick_of(asked)))

    assert form.is_valid()
    assert form.guard_notes["text"].is_ticked


@pytest.mark.parametrize(
    "changed", ["Ring til hende på 20 30 40 51 i morgen.", f"{PHONE} Og Nørregade 12.", f"{PHONE}!"]
)
def test_another_text_is_asked_about_anew(changed):
    asked = OpenForm(posted(text=PHONE))
    asked.is_valid()

    assert not OpenForm(posted(text=changed, guard_ok=tick_of(asked))).is_valid()


def test_a_tick_is_for_its_own_field_and_many_fit_on_one_page():
    asked = OpenForm(posted(text=PHONE, other=PHONE))
    asked.is_valid()
    ticks = [tick_of(asked, "text"), tick_of(asked, "other")]

    assert errors(OpenForm(posted(text=PHONE, other=PHONE, guard_ok=ticks[:1]))) == {"other": [ASKED]}
    assert OpenForm(posted(text=PHONE, other=PHONE, guard_ok=ticks)).is_valid()
    assert OpenForm({"text": PHONE, "guard-ok": ticks[0]}).is_valid()


def test_a_tick_is_no_leave_for_a_cpr_number():
    asked = OpenForm(posted(text="010190-1234"))
    asked.is_valid()

    assert not OpenForm(posted(text="010190-1234", guard_ok=["", "x"])).is_valid()


def test_what_is_stored_and_unchanged_is_not_asked_about_again():
    assert OpenForm(posted(text=PHONE), initial={"text": PHONE}).is_valid()
    assert not OpenForm(posted(text=f"{PHONE} Nu."), initial={"text": PHONE}).is_valid()


@pytest.mark.parametrize("prefix", [None, "row1"])
def test_the_button_puts_other_words_into_its_field_and_saves_nothing(prefix):
    name = f"{prefix}-text" if prefix else "text"

    form = OpenForm(posted(**{name: PHONE, "guard_rewrite": name}), prefix=prefix)

    assert not form.is_valid()
    assert errors(form) == {}
    assert form["text"].value() == "Ring til hende på [telefonnummer] i morgen."
    assert form.rewritten_field == "text"


def test_the_button_takes_a_cpr_number_out():
    form = OpenForm(posted(text="En mand (010190-1234) ringede", guard_rewrite="text"))

    assert (form.is_valid(), form["text"].value()) == (False, "En mand ringede")


@pytest.mark.parametrize("name", ["file", "nothing", ""])
def test_a_button_nobody_was_shown_does_nothing(name):
    assert OpenForm(posted(text="Hej", guard_rewrite=name)).is_valid()


@pytest.mark.django_db
def test_a_case_is_asked_about_names_of_the_list_and_of_the_site():
    UserFactory(name="Bo Quixada")
    form = CaseLikeForm(posted(text="Jeg spurgte Mette.", other="Quixada svarede."))

    assert not form.is_valid()
    assert {name: note.kinds for name, note in form.guard_notes.items()} == {"text": ["name"], "other": ["name"]}
    assert OpenForm(posted(text="Jeg spurgte Mette.")).is_valid()


@pytest.mark.django_db
def test_names_are_looked_up_once_for_a_form(django_assert_num_queries):
    with django_assert_num_queries(1):
        CaseLikeForm(posted(text="Mette", other="Peter", place="Hans")).is_valid()
    with django_assert_num_queries(0):
        OpenForm(posted(text="Mette")).is_valid()


def test_excerpts_are_short_and_few():
    text = "ord " * 40 + "20 30 40 50 " + "ord " * 40 + ", ".join(["20 30 40 50"] * 9)

    form = OpenForm(posted(text=text))
    form.is_valid()

    first, *rest = form.guard_notes["text"].excerpts
    assert len(rest) == MOST_EXCERPTS - 1
    assert (first.before[:4], first.after[-4:], len(first.before) < 45) == ("…ord", "ord…", True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (PHONE, "Skriv »[telefonnummer]« i stedet"),
        ("010190-1234", "Fjern nummeret"),
        ("010190-1234, tlf. 20 30 40 50", "Fjern CPR-nummeret, og skriv »[telefonnummer]«"),
    ],
)
def test_the_button_says_what_it_does(text, words):
    form = OpenForm(posted(text=text))
    form.is_valid()

    assert form.guard_notes["text"].rewriting == words


def test_the_page_shows_what_was_found_with_button_and_tick():
    form = OpenForm(posted(text=f"<b>{PHONE}"))
    form.is_valid()

    html = render_to_string("components/field.html", {"field": form["text"]})

    assert "&lt;b&gt;Ring til hende på <mark>20 30 40 50</mark> i morgen." in html
    assert 'name="guard-rewrite" value="text"' in html
    assert f'name="guard-ok" value="{tick_of(form)}" id="id_text_guard_ok">' in html


def test_enter_in_a_field_sends_the_form_and_rewrites_nothing():
    """What a browser presses then is the first button of the form (HTML Living Standard, implicit submission)."""
    form = OpenForm(posted(text=PHONE))
    form.is_valid()

    html = render_to_string("components/field.html", {"field": form["text"]})

    buttons = re.findall(r'<button[^>]*type="submit"[^>]*>', html)
    assert ["name=" in button for button in buttons] == [False, True]


def test_the_page_says_when_words_have_been_replaced():
    form = OpenForm(posted(text=PHONE, guard_rewrite="text"))
    form.is_valid()

    assert 'role="status" id="id_text_rewritten"' in render_to_string("components/field.html", {"field": form["text"]})
    assert 'href="#id_text"' in render_to_string("components/error_summary.html", {"form": form})


def office(part, body):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, body)
    return out.getvalue()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SLIDE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def files_with(words):
    return {
        "brev.docx": office(
            "word/document.xml", f"<w:document {WORD}><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:document>"
        ),
        "ark.xlsx": office(
            "xl/worksheets/sheet1.xml",
            f'<worksheet {SHEET}><row><c t="inlineStr"><is><t>{words}</t></is></c></row></worksheet>',
        ),
        "oplæg.pptx": office(
            "ppt/slides/slide1.xml", f"<a:sld {SLIDE}><a:p><a:r><a:t>{words}</a:t></a:r></a:p></a:sld>"
        ),
        "note.txt": words.encode(),
        "brev.pdf": simple_document("Brev", [words]),
    }


def sent(name, data, **more):
    return OpenForm(posted(**more), {"file": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize("name", sorted(files_with("x")))
def test_a_cpr_number_inside_a_file_is_refused(name):
    assert errors(sent(name, files_with("Borger 010190-1234")[name])) == {"file": [CPR_IN_FILE]}


@pytest.mark.parametrize("name", sorted(files_with("x")))
def test_a_phone_number_inside_a_file_is_asked_about_until_the_same_file_comes_with_its_tick(name):
    data = files_with(PHONE)[name]
    asked = sent(name, data)
    (message,) = asked.errors["file"]

    assert message.startswith("Der står noget, der ligner et telefonnummer.")
    assert sent(name, data, guard_ok=tick_of(asked, "file")).is_valid()
    assert not sent(name, files_with(f"{PHONE} Nørregade 12")[name], guard_ok=tick_of(asked, "file")).is_valid()
    assert not asked.guard_notes["file"].can_rewrite


def test_a_file_can_be_read_again_after_the_guard():
    form = sent("note.txt", b"Hej")

    assert form.is_valid()
    assert form.cleaned_data["file"].read() == b"Hej"


def test_a_file_is_named_after_nobody():
    assert errors(sent("010190-1234.txt", b"Hej")) == {"file": [CPR_MESSAGE]}


@pytest.mark.parametrize("name", ["foto.jpg", "lyd.mp3", "uden"])
def test_a_file_without_words_is_judged_by_its_name(name):
    assert sent(name, b"\xff\xd8\xff").is_valid()


def locked_pdf():
    writer = PdfWriter(clone_from=io.BytesIO(simple_document("Hemmelig", ["x"])))
    writer.encrypt("kode", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "why"),
    [
        ("brev.pdf", lambda: b"%PDF-1.7 broken", files.TextUnavailable),
        ("brev.pdf", locked_pdf, files.TextEncrypted),
        (
            "brev.docx",
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            files.TextEncrypted,
        ),
        ("brev.docx", lambda: office("word/document.xml", " " * 21 * 1024 * 1024), files.TextTooLong),
        ("note.txt", lambda: b"x" * (files.MAX_BYTES + 1), files.TextTooLong),
    ],
)
def test_what_cannot_be_read_is_not_taken_and_the_person_is_told_why(name, make, why):
    assert errors(sent(name, make())) == {"file": [UNREADABLE[why]]}
