import pytest
from django.utils.translation import override

from courses.templatetags.course_tags import facts

MATERIAL = {"kind": "dokument", "format": "", "size": None, "minutes": None}


@pytest.mark.parametrize(
    "fields,line",
    [
        ({}, "Dokument"),
        ({"format": "PDF"}, "Dokument, PDF"),
        ({"format": "PDF", "size": 184320}, "Dokument, PDF, 180.0\xa0KB"),
        ({"kind": "film", "minutes": 9}, "Film, 9 minutes"),
        ({"kind": "film", "minutes": 1}, "Film, 1 minute"),
    ],
)
def test_facts_of_a_material_are_what_is_known_of_it(fields, line):
    with override("en"):
        assert facts({**MATERIAL, **fields}) == line
