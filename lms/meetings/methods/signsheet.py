"""The attendance list on paper: landscape, with room to sign and empty lines for those who come unexpected."""

from django.utils.translation import gettext as _

from lms.formats.pdf import from_typst
from lms.formats.text import clean_line
from lms.people.templatetags.dates import full_day, hours

BLANK_ROWS = 4
# A table whose first row says what the columns are, and says it again on each page.
SOURCE = """\
#set page(flipped: true, margin: (x: 1.8cm, y: 1.8cm))
#set text(size: 10.5pt)
#heading(level: 1, data.title)
#par(data.about)
#table(
  columns: (3fr, 2fr) + data.columns.slice(2).map(_ => 1.6fr),
  inset: 7pt,
  stroke: 0.5pt + luma(120),
  table.header(..data.columns.map(name => strong(name))),
  ..data.rows.flatten(),
)
"""


def sign_sheet(meeting, people: list[tuple[str, str]], *, halves: list[str], language: str) -> bytes:
    """Two columns to sign for each half day: when one comes, and when one leaves."""
    signatures = [f"{half}: {word}" for half in halves for word in (_("came"), _("left"))]
    columns = [_("Name"), _("Municipality"), *signatures]
    rows = [[clean_line(name), clean_line(home), *[""] * len(signatures)] for name, home in people]
    rows += [[""] * len(columns)] * BLANK_ROWS
    when = f"{full_day(meeting.starts_at)} {hours(meeting.starts_at, meeting.ends_at)}"
    about = ", ".join(part for part in (meeting.cohort.name, when, meeting.location) if part)
    inputs = {
        "title": clean_line(_("Attendance, %(day)s") % {"day": meeting.title}),
        "about": clean_line(about),
        "columns": columns,
        "rows": rows,
        "language": language,
    }
    return from_typst(SOURCE, inputs=inputs)
