from django.utils import translation

from lms.people.templatetags import people_tags


def test_icon_is_hidden_from_screen_readers():
    html = people_tags.icon("check")

    assert html == (
        '<svg class="icon-svg" aria-hidden="true" focusable="false"><use href="/static/img/icons.svg#i-check"></use></svg>'
    )


def test_icon_takes_one_more_class():
    html = people_tags.icon("info", "alert-icon")

    assert html.startswith('<svg class="icon-svg alert-icon"')


def test_municipality_has_outline_and_name():
    html = people_tags.municipality("Viborg", "0791")

    assert html == (
        '<span class="municipality"><svg class="municipality__shape" aria-hidden="true" focusable="false">'
        '<use href="/static/img/municipalities.svg#m-0791"></use></svg>Viborg</span>'
    )


def test_organisation_without_a_code_has_no_outline():
    html = people_tags.municipality("Fjordbro Læring")

    assert html == '<span class="municipality municipality--other">Fjordbro Læring</span>'


def test_no_organisation_leaves_nothing():
    assert people_tags.municipality("") == ""


def test_person_stands_with_title_and_organisation():
    html = people_tags.person("Inger Sand", "Fjordbro Læring", title="Supervisor")

    assert html == (
        '<span class="person"><span class="person__name">Inger Sand</span>'
        '<span class="person__title">Supervisor</span>'
        '<span class="municipality municipality--other">Fjordbro Læring</span></span>'
    )


def test_person_name_is_escaped():
    html = people_tags.person("<b>Inger</b>")

    assert html == '<span class="person"><span class="person__name">&lt;b&gt;Inger&lt;/b&gt;</span></span>'


def test_sentence_of_no_names_is_empty():
    assert people_tags.sentence([]) == ""


def test_sentence_of_one_name_is_the_name():
    assert people_tags.sentence(["Varde"]) == "Varde"


def test_sentence_puts_a_word_before_the_last_name():
    with translation.override("en"):
        text = people_tags.sentence(["Thisted", "Varde", "Viborg"])

    assert text == "Thisted, Varde and Viborg"
