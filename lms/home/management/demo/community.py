"""Fællesskabet in the demo: 25 discussions with their replies, and the practices others have tried."""

import re
from datetime import datetime, timedelta

from django.db.models import F

from lms.forum import actions
from lms.forum.models import Discussion, Tried
from lms.home.management.demo.content import Clock, content
from lms.home.management.demo.people import World
from lms.notifications.models import Notice

KINDS = {
    "praksisbeskrivelse": Discussion.Kind.PRACTICE,
    "succes": Discussion.Kind.SUCCESS,
    "udfordring": Discussion.Kind.CHALLENGE,
    "spørgsmål": Discussion.Kind.QUESTION,
    "værktøj": Discussion.Kind.TOOL,
}
FIELDS = {
    "Kort fortalt": "summary",
    "Kontekst": "context",
    "Hvad gjorde vi": "what_we_did",
    "Effekt": "effect",
    "Svært": "obstacles",
    "Råd til andre": "advice",
}
# The file tells its steps in one line: »1) … 2) …«.
STEPS = re.compile(r" (?=\d\) )")
KEPT, ADAPTED, DROPPED = Tried.Outcome.KEPT, Tried.Outcome.ADAPTED, Tried.Outcome.DROPPED
TRIED = {
    "F01": (
        ("Mette Lindholm", KEPT, "Tre prøvefredage blev til en fast stol."),
        ("Tine Overgaard", ADAPTED, "Hver anden uge, fordi ambulatoriet ligger langt væk."),
        ("Søren Bækgaard", DROPPED, "Konferencen blev flyttet to gange. Vi prøver igen til foråret."),
    ),
    "F03": (
        ("Emil Storgaard", KEPT, "Andet besøg er der, hvor det bliver ærligt."),
        ("Pernille Skov", ADAPTED, "To besøg og en telefonsamtale."),
    ),
    "F06": (
        ("Morten Dalby", KEPT, "Vi holder det den første tirsdag i måneden."),
        ("Camilla Brandt Nissen", KEPT, "Ydelseskontoret har selv foreslået den næste dato."),
        ("Birgitte Holm", ADAPTED, "Enkeltvis i stedet for som café – vi er for få."),
    ),
    "F09": (("Hanne Kjeldsen", ADAPTED, "To navne rækker hos os."),),
    "F12": (
        ("Jannik Frost", KEPT, "Én side er nok. Arbejdsgiveren har den i skuffen."),
        ("Kasper Lund Møller", DROPPED, "Borgeren ville hellere fortælle det selv – og det var bedre."),
    ),
    "F15": (("Sofie Albæk", KEPT, "Fire møder i kalenderen for hele året."),),
}


def create(world: World, clock: Clock) -> None:
    for post in content()["posts"]:
        discussion = _discussion(world, clock, post)
        for reply in post["replies"]:
            person = world.people[reply["author"]]
            actions.reply(
                discussion=discussion,
                author=person,
                organisation=world.home_of(person),
                body=reply["text"],
                now=_when(clock, reply["day"]),
            )
        for name, outcome, remark in TRIED.get(post["id"], ()):
            person = world.people[name]
            actions.mark_tried(
                discussion=discussion,
                person=person,
                organisation=world.home_of(person),
                outcome=outcome,
                remark=remark,
                now=_when(clock, -1),
            )
    # The mails about all this went out long ago; what is ahead is still to be told.
    Notice.objects.filter(occasion__startswith="forum.").update(state=Notice.State.SENT, sent_at=F("due_at"))


def _when(clock: Clock, offset: int) -> datetime:
    """Forum days are not moved to weekdays: people write on Sundays too."""
    return clock.at(0, 8) + timedelta(days=offset)


def _discussion(world: World, clock: Clock, post: dict) -> Discussion:
    author = world.people[post["author"]]
    if "fields" in post:
        texts = {FIELDS[name]: STEPS.sub("\n", text) for name, text in post["fields"].items()}
    else:
        texts = {"body": post["body"]}
    return actions.start_discussion(
        kind=KINDS[post["type"]],
        title=post["title"],
        author=author,
        organisation=world.home_of(author),
        themes=[world.themes[name] for name in post["tags"]],
        principles=[world.principles[number] for number in post["principles"]],
        now=_when(clock, post["day"]),
        **texts,
    )
