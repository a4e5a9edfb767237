"""Every address of ours: who looks at it in the demo, and which of the demo's objects it is about."""

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from courses.models import CoursePage, TeachingDay
from lms.forum.models import Discussion, Post
from lms.home.methods.mailbox import messages_in
from lms.meetings.actions import ask_dates, change_meeting, import_participants, keep_draft, prepare_change
from lms.meetings.methods.participants import Row, clean_values
from lms.meetings.models import Cohort, Enrolment, Invitee, Meeting, SeatOffer, SeatReservation, SupervisionGroup
from lms.meetings.queries.answers import answer_token
from lms.meetings.queries.seats import offer_token
from lms.people.actions import ask_for_erasure, set_up_work_account
from lms.people.models import Invitation, User, WorkAccount
from supervision.models import Case, NextStep, SupervisionDay

NOBODY = "nobody"
PEOPLE = {
    "kursist": "Mette Lindholm",
    "kursist_east": "Camilla Brandt Nissen",
    "manager": "Dorthe Grønbæk",
    "instructor": "Karen Winther",
    "supervisor": "Thomas Aagaard",
    "coordinator": "Line Falk",
    "editor": "Helle Strandby",
    "ambassador": "Sara Klitgaard",
    "partner": "Peter Nørgaard",
    "agency": "Jonas Eskesen",
    "moderator": "Bo Egelund",
    "administrator": "Rikke Damgård",
    "rival": "Ulla Brask",
}

VISITS = {
    NOBODY: [
        "home:front", "home:privacy", "home:accessibility", "home:guidelines", "home:contact", "home:mailbox",
        "home:mailbox_message", "courses:course", "meetings:answer_by_link", "meetings:leave_by_link", "meetings:offer_by_link", "people:invitation", "people:new_invitation", "people:regret_erasure", "account_login",
        "account_request_login_code", "account_reset_password", "account_reset_password_done", "people:work_sign_in",
        "socialaccount_login_cancelled",
        "account_reset_password_from_key", "account_reset_password_from_key_done", "account_inactive",
        "account_signup",
    ],
    "kursist": [
        "home:front", "home:overview", "home:search", "people:account", "people:own_data", "people:erase_account", "people:history", "people:openings", "home:information", "people:first_passkey", "courses:mine",
        "courses:library", "courses:day", "courses:reflection", "courses:trial", "courses:trial_story",
        "meetings:cohorts", "meetings:cohort", "meetings:meeting", "meetings:calendar", "meetings:here", "meetings:own_attendance", "supervision:home",
        "meetings:poll", "meetings:polls", "meetings:apply", "meetings:own_seat", "courses:make_up", "courses:make_ups",
        "supervision:group", "supervision:day", "supervision:new_case", "supervision:case", "supervision:openings", "supervision:edit_case",
        "supervision:delete_case", "supervision:note_learning", "supervision:add_next_step", "forum:discussions",
        "forum:new", "forum:write", "forum:discussion", "forum:edit", "forum:reply", "forum:tried",
        "forum:edit_reply", "forum:report", "forum:report_reply", "account_logout", "account_reauthenticate",
        "account_change_password", "mfa_index", "mfa_activate_totp",
        "mfa_list_webauthn", "mfa_add_webauthn", "people:sessions", "people:second_factor",
    ],
    "kursist_east": [
        "home:overview", "courses:mine", "supervision:home", "supervision:day", "supervision:case",
        "supervision:tell_next_step",
    ],
    "manager": ["home:overview", "meetings:cohorts", "meetings:cohort", "meetings:people", "meetings:application", "meetings:import", "meetings:seats", "meetings:reserve", "meetings:name_seat", "meetings:give_back", "meetings:enrolment", "meetings:substitute", "people:organisation", "people:add_member", "people:end_membership"],
    "instructor": ["home:overview", "courses:day", "meetings:cohort", "meetings:meeting", "meetings:attendance", "meetings:project_code"],
    "supervisor": [
        "meetings:polls", "meetings:ask_dates", "meetings:poll", "supervision:choose_date", "supervision:plan_days",
        "home:overview", "supervision:home", "supervision:group", "supervision:day", "supervision:case",
        "supervision:note_learning",
    ],
    "coordinator": [
        "courses:make_ups", "courses:new_cohort",
        "home:overview", "meetings:cohorts", "meetings:cohort", "meetings:people", "meetings:remind",
        "meetings:import", "meetings:import_preview", "meetings:meeting", "meetings:change", "meetings:trainers", "meetings:cancel",
        "meetings:refused_mails", "meetings:outbox", "meetings:reminders", "meetings:reminder",
        "meetings:cancel_cohort", "meetings:release", "meetings:change_cohort", "meetings:seats", "meetings:enrolment",
        "meetings:new_group", "meetings:change_group", "meetings:history",
    ],
    "editor": ["home:overview", "courses:library", "courses:course", "forum:discussions"],
    "ambassador": ["home:overview", "forum:discussions"],
    "partner": ["home:overview", "meetings:meeting"],
    "agency": ["home:overview", "meetings:cohorts", "meetings:cohort", "meetings:people"],
    "moderator": ["home:overview", "forum:discussion"],
    "administrator": [
        "home:overview", "meetings:cohorts", "meetings:unplaced_mails", "people:work_accounts", "people:new_work_account",
        "people:organisations", "people:change_job", "people:work_account", "people:work_account_trial", "socialaccount_connections",
        "people:reset_factors",
    ],
    "rival": ["home:overview", "meetings:cohorts", "courses:mine"],
}  # fmt: skip

# Addresses of ours behind which there is no page to look at.
NO_PAGE = {
    "takes POST alone": {
        "set_language", "home:demo_sign_in", "meetings:answer", "meetings:walk_in", "meetings:merge_walk_in",
        "meetings:confirm_check_in", "courses:preparation", "supervision:approve_learning",
        "meetings:nudge_poll", "meetings:close_poll", "courses:answer_make_up", "courses:withdraw_make_up",
        "supervision:take_back_case", "forum:follow", "forum:hide", "forum:hide_reply", "people:try_work_account",
        "people:switch_work_account", "people:remove_work_link", "people:keep_account", "saml_acs", "people:end_session",
        "people:sign_out_everywhere",
    },
    "a file, or another way of saying something": {
        "home:healthz", "home:security_txt", "meetings:meeting_ics", "meetings:people_sheet", "meetings:feed", "meetings:signatures", "courses:material", "courses:image",
        "mfa_login_webauthn", "mfa_download_recovery_codes", "saml_metadata",
    },
    "leads elsewhere": {"home:was", "people:admin_login", "socialaccount_signup", "usersessions_list", "None"},
    "only in the middle of something, or after setting up a second factor": {
        "account_confirm_login_code", "account_set_password", "account_email", "account_email_verification_sent",
        "account_confirm_email", "mfa_authenticate", "mfa_trust", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
        "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_remove_webauthn",
        "mfa_edit_webauthn", "openid_connect_callback", "saml_finish_acs", "saml_sls", "socialaccount_login_error",
    },
}  # fmt: skip
NOT_OURS = ("admin/", "dokumenter/", "sider/")


def our_patterns(resolver=None, namespace="") -> set[str]:
    """The names of all addresses but Wagtail's own."""
    names = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if str(pattern.pattern).startswith(NOT_OURS):
            continue
        if isinstance(pattern, URLResolver):
            names |= our_patterns(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            names.add(f"{namespace}{pattern.name}")
    return names


class World:
    """The seeded demo, with one person still to accept and one list still to be imported."""

    def __init__(self):
        self.people = {role: User.objects.get(name=name) for role, name in PEOPLE.items()}
        self.now = timezone.now()
        self.vest = Cohort.objects.get(slug="vest")
        row = {"name": "Asta Lynggaard", "email": "asta.lynggaard@viborg.example", "municipality": "Viborg"}
        faulty = {"name": "Bent Uldum", "email": "bent.uldum", "municipality": "Vibborg"}
        by = self.people["coordinator"]
        import_participants(cohort=self.vest, rows=[Row(2, clean_values(row))], by=by, allowed=None, now=self.now)
        good = {"name": "Åse Lynggaard", "email": "aase.lynggaard@viborg.example", "municipality": "Viborg"}
        rows = [Row(2, clean_values(good)), Row(3, clean_values(faulty))]
        headings = {"name": "Navn", "email": "Mail", "municipality": "Kommune"}
        self.draft = keep_draft(cohort=self.vest, rows=rows, headings=headings, by=by, now=self.now)

    def address(self, name: str, role: str) -> str:
        about = getattr(self, name.replace(":", "_"), None)
        return reverse(name, kwargs=about(self.people.get(role)) if about else None)

    # What an address is about, under the address's own name; ``person`` is who looks.

    def home_mailbox_message(self, _person):
        return {"key": messages_in(settings.MAIL_FOLDER)[0].key}

    def courses_course(self, _person):
        return {"slug": CoursePage.objects.live().first().course.slug}

    courses_new_cohort = courses_course

    def people_invitation(self, _person):
        return {"token": Invitation.objects.open(self.now).first().token}

    def people_regret_erasure(self, _person):
        return {"token": ask_for_erasure(person=self.people["rival"], now=self.now).token}

    def account_reset_password_from_key(self, person):
        person = self.people["kursist"]
        return {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}

    def people_organisation(self, _person):
        return {"key": self.people["manager"].memberships.first().organisation_id}

    def people_end_membership(self, person):
        """One's own, so that the warning stands there too."""
        own = person.memberships.exclude(organisation=None).first() or self.people["manager"].memberships.first()
        return {"key": own.organisation_id, "pk": own.pk}

    people_add_member = people_organisation
    people_change_job = people_end_membership

    def people_work_account(self, person):
        """Set up, and somebody has signed in with it."""
        municipality = self.people["manager"].memberships.first().organisation
        made = {"organisation": municipality, "shape": "adfs", "by": person, "now": self.now}
        account = WorkAccount.objects.first() or set_up_work_account(**made)
        SocialAccount.objects.get_or_create(user=self.people["kursist"], provider=account.key, uid="x")
        return {"public_id": account.public_id}

    people_work_account_trial = people_work_account

    def courses_day(self, _person):
        return {"slug": "vest", "number": 3}

    courses_reflection = courses_trial = courses_trial_story = courses_day

    def meetings_cohort(self, _person):
        return {"slug": "vest"}

    meetings_people = meetings_remind = meetings_import = meetings_own_seat = meetings_cohort
    meetings_cancel_cohort = meetings_change_cohort = meetings_cohort

    def meetings_seats(self, _person):
        """One municipality holds seats, somebody waits, and somebody has an offer."""
        self.reservation()
        self.meetings_offer_by_link(None)
        self.wish("ambassador", Enrolment.State.WAITING, waiting_since=self.now)
        return {"slug": "vest"}

    meetings_reserve = meetings_seats
    meetings_new_group = meetings_cohort

    def meetings_change_group(self, _person):
        return {"pk": self.vest.groups.first().pk}

    def meetings_name_seat(self, _person):
        return {"slug": "vest", "pk": self.reservation().pk}

    meetings_give_back = meetings_name_seat

    def reservation(self):
        municipality = self.people["manager"].memberships.first().organisation
        facts = {"seats": 2, "name_by_date": (self.now + timedelta(days=20)).date()}
        return SeatReservation.objects.update_or_create(cohort=self.vest, municipality=municipality, defaults=facts)[0]

    def meetings_enrolment(self, _person):
        municipality = self.people["manager"].memberships.first().organisation
        return {"slug": "vest", "pk": self.vest.enrolments.enrolled().filter(municipality=municipality).first().pk}

    meetings_substitute = meetings_enrolment

    def meetings_import_preview(self, _person):
        return {"slug": "vest", "public_id": self.draft.public_id}

    def meetings_meeting(self, person):
        return {"pk": Meeting.objects.filter(cohort=self.vest, group=None).visible_to(person).last().pk}

    meetings_change = meetings_trainers = meetings_cancel = meetings_meeting

    meetings_refused_mails = meetings_history = meetings_outbox = meetings_reminders = meetings_cohort

    def meetings_reminder(self, _person):
        return {"slug": "vest", "kind": "teaching", "moment": "day_before"}

    def meetings_release(self, person):
        """One day is prepared, another has been changed at once since."""
        for meeting in Meeting.objects.filter(cohort=self.vest, group=None).upcoming(self.now)[:2]:
            prepare_change(meeting=meeting, by=person, now=self.now, seen=None, room="Egen", notes="Tag sko med.")
        change_meeting(meeting=meeting, by=person, now=self.now, place="Aarhus")
        return {"slug": "vest"}

    def meetings_answer_by_link(self, _person):
        invitees = Invitee.objects.active().kursister().select_related("meeting")
        return {"token": answer_token(invitees.filter(meeting__in=Meeting.objects.upcoming(self.now)).latest("pk"))}

    meetings_leave_by_link = meetings_answer_by_link

    def meetings_offer_by_link(self, _person):
        times = {"made_at": self.now, "expires_at": self.now + timedelta(days=2)}
        wish = self.wish("partner", Enrolment.State.OFFERED)
        offer, _made = SeatOffer.objects.get_or_create(enrolment=wish, defaults=times)
        return {"token": offer_token(offer)}

    def meetings_application(self, _person):
        return {"slug": "vest", "pk": self.wish("kursist_east", Enrolment.State.APPLIED).pk}

    def wish(self, role, state, **more):
        """Somebody of the manager's municipality who asks for a seat in Hold Vest."""
        municipality = self.people["manager"].memberships.first().organisation
        moment = {"created_at": self.now, "changed_at": self.now}
        defaults = {"municipality": municipality, "state": state, **moment, **more}
        return Enrolment.objects.get_or_create(cohort=self.vest, person=self.people[role], defaults=defaults)[0]

    def meetings_attendance(self, _person):
        return {"pk": TeachingDay.objects.get(cohort=self.vest, number=3).meeting_id}

    meetings_project_code = meetings_here = meetings_attendance

    def meetings_polls(self, person):
        return {"pk": self.poll(person).group_id}

    meetings_ask_dates = supervision_plan_days = meetings_polls

    def meetings_poll(self, person):
        return {"pk": self.poll(person).pk}

    supervision_choose_date = meetings_poll

    def poll(self, person):
        """The person's group looks for a date: three to choose from."""
        group = SupervisionGroup.objects.open_to(person).first()
        midnight = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        starts = [midnight + timedelta(days=30 + number, hours=9) for number in range(3)]
        slots = [(start, start + timedelta(hours=6)) for start in starts]
        asked = {"title": "Vores ekstra dag", "slots": slots, "closes_at": midnight + timedelta(days=9)}
        return ask_dates(group=group, by=group.supervisor, now=self.now, **asked)

    def courses_make_up(self, person):
        """The kursist cannot come to the next day."""
        day = TeachingDay.objects.filter(cohort=self.vest, meeting__starts_at__gt=self.now).first()
        Invitee.objects.filter(meeting=day.meeting_id, person=person).update(answer=Invitee.Answer.DECLINED)
        return {"pk": day.meeting_id}

    def supervision_group(self, person):
        return {"pk": SupervisionGroup.objects.open_to(person).first().pk}

    def supervision_case(self, person):
        return {"pk": Case.objects.visible_to(person).first().pk}

    supervision_edit_case = supervision_openings = supervision_delete_case = supervision_case

    def supervision_day(self, person):
        days = SupervisionDay.objects.visible_to(person).order_by("meeting__starts_at")
        return {"pk": days.filter(meeting__starts_at__gt=self.now).first().pk}

    supervision_new_case = supervision_note_learning = supervision_add_next_step = supervision_day

    def supervision_tell_next_step(self, person):
        day = SupervisionDay.objects.visible_to(person).filter(meeting__ends_at__lt=self.now).first()
        step = NextStep.objects.create(day=day, person=person, text="Ring til tre arbejdspladser.", created_at=self.now)
        return {"pk": step.pk}

    def forum_write(self, _person):
        return {"kind": "practice"}

    def forum_discussion(self, _person):
        return {"pk": Discussion.objects.practice_descriptions().filter(tried__isnull=False).first().pk}

    forum_reply = forum_report = forum_discussion

    def forum_tried(self, person):
        """Only another municipality says whether a practice travels."""
        elsewhere = Discussion.objects.practice_descriptions().exclude(organisation__memberships__person=person)
        return {"pk": elsewhere.first().pk}

    def forum_edit(self, person):
        return {"pk": Discussion.objects.filter(author=person).first().pk}

    def forum_edit_reply(self, person):
        return {"pk": Post.objects.filter(author=person).first().pk}

    def forum_report_reply(self, person):
        return {"pk": Post.objects.exclude(author=person).first().pk}
