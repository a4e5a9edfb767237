"""How each pattern's places are filled, and with what it is posted to."""

from datetime import timedelta

from django.utils.timezone import localdate

from tests.access.patterns import Pattern

# Our own patterns with places, by the kind of thing that stands in them.
KINDS = {
    "answer": "meetings:answer_by_link meetings:leave_by_link",
    "cohort": "meetings:cohort meetings:history meetings:refused_mails meetings:people meetings:people_sheet meetings:remind meetings:import meetings:own_seat"
    " meetings:cancel_cohort meetings:outbox meetings:reminders meetings:release meetings:change_cohort meetings:seats"
    " meetings:reserve meetings:new_group",
    "reservation": "meetings:name_seat meetings:give_back",
    "enrolment": "meetings:enrolment meetings:substitute",
    "offer": "meetings:offer_by_link",
    "application": "meetings:application",
    "reminder": "meetings:reminder",
    "import": "meetings:import_preview",
    "poll": "meetings:poll meetings:nudge_poll meetings:close_poll supervision:choose_date",
    "missed": "courses:make_up",
    "make_up": "courses:answer_make_up courses:withdraw_make_up",
    "meeting": "meetings:meeting meetings:meeting_ics meetings:answer meetings:change meetings:trainers meetings:cancel meetings:attendance"
    " meetings:walk_in meetings:merge_walk_in meetings:confirm_check_in meetings:signatures meetings:project_code meetings:here",
    "feed": "meetings:feed",
    "invitation": "people:invitation",
    "staff": "people:organisation people:add_member",
    "membership": "people:end_membership people:change_job",
    "erasure": "people:regret_erasure",
    "work_account": "people:work_account people:try_work_account people:work_account_trial people:switch_work_account",
    "work_link": "people:remove_work_link",
    "work_oidc": "openid_connect_callback",
    "work_saml": "saml_acs saml_finish_acs saml_sls saml_metadata",
    "course": "courses:course courses:new_cohort",
    "day": "courses:day courses:preparation courses:reflection courses:trial courses:trial_story",
    "material": "courses:material",
    "image": "courses:image",
    "document": "wagtaildocs_serve",
    "page": "wagtail_serve",
    "group": "supervision:group meetings:polls meetings:ask_dates meetings:change_group supervision:plan_days",
    "supervision_day": "supervision:day supervision:new_case supervision:note_learning supervision:add_next_step",
    "case": "supervision:case supervision:openings supervision:edit_case supervision:take_back_case supervision:delete_case",
    "learning": "supervision:approve_learning",
    "step": "supervision:tell_next_step",
    "discussion": "forum:discussion forum:edit forum:reply forum:tried forum:follow forum:report forum:hide",
    "reply": "forum:edit_reply forum:report_reply forum:hide_reply",
}
KIND_OF = {name: kind for kind, names in KINDS.items() for name in names.split()}
# Places that lead to nobody's thing: any value will do.
SAMPLES = {
    "account_confirm_email": {"path": "/konto/confirm-email/intet/"},
    "account_reset_password_from_key": {"path": "/konto/password/reset/key/1-intet/"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
    "people:end_session": {"pk": 0},
    "home:mailbox_message": {"key": "intet"},
    "forum:write": {"kind": "praksisbeskrivelse"},
    "wagtaildocs_authenticate_with_password": {"restriction_id": 1},
    "wagtailcore_authenticate_with_password": {"page_view_restriction_id": 1, "page_id": 1},
    "admin/^.*/$": {"path": "/admin/findes-ikke/"},
}
# In the editors' admin: what each argument stands for.
ADMIN = {
    "page_id": "page", "parent_page_id": "course", "page_to_move_id": "page", "destination_id": "course",
    "document_id": "document", "doc_id": "document", "image_id": "image", "collection_id": "collection",
    "object_id": "page", "revision_id": "revision", "page_pk": "course", "workflow_pk": "workflow",
}  # fmt: skip
WORDS = {
    "app_label": "courses", "app_name": "courses", "content_type_app_name": "courses", "model_name": "teachingdaypage",
    "content_type_model_name": "teachingdaypage", "action": "delete", "action_name": "approve", "filter_spec": "width-1",
    "uidb64": "x", "token": "x",
}  # fmt: skip
# Whose ``pk`` it is, by a word of the pattern's name: the first that fits.
NUMBERED = (
    "publicpage",
    "principle",
    "targetgroup",
    "theme",
    "doc",
    "image",
    "collection",
    "workflow",
    "task",
    "user",
    "page",
)
OWNED = {"page", "course", "document", "image", "collection"}


def kind_of(pattern: Pattern) -> str | None:
    """What ``world.things`` calls the thing in the address, or nothing where there is none with an owner."""
    if pattern.name in KIND_OF:
        return KIND_OF[pattern.name]
    return "admin" if _is_admin(pattern) and _has_owner(pattern) else None


def path_of(pattern: Pattern, relation: str, role: str, world) -> str:
    kind = kind_of(pattern)
    values = world.values(kind or "admin", relation if kind else "own", role)
    if _is_admin(pattern):
        values = _admin_values(pattern, values)
    elif kind is None:
        values = SAMPLES.get(pattern.name, {})
    return values["path"] if "path" in values else pattern.path(values)


def _is_admin(pattern):
    return pattern.route.startswith("admin/") and pattern.name not in SAMPLES


def _has_owner(pattern):
    return pattern.is_regex or bool(OWNED.intersection(_meaning(pattern, name) for name in pattern.arguments))


def _meaning(pattern, argument):
    if argument != "pk":
        return ADMIN.get(argument, argument)
    meaning = next((word for word in NUMBERED if word in pattern.name), "")
    return {"doc": "document", "user": "person"}.get(meaning, meaning)


def _admin_values(pattern, values):
    if pattern.is_regex:
        thing = "snippets/home/publicpage/history/1" if "publicpage" in pattern.name else f"pages/{values['page']}"
        return {"path": f"/admin/{thing}/revisions/compare/earliest...latest/"}
    return {name: values.get(_meaning(pattern, name), WORDS.get(name, 1)) for name in pattern.arguments}


def body_of(pattern: Pattern, world) -> dict:
    """The smallest valid body, where a right might be asked for only after the form."""
    case = {"title": "Hun siger ja", "focus_question": "Hvordan?", "is_anonymous": "on", "intent": "save"}
    practice = {"title": "Gåture", "summary": "Kort.", "what_we_did": "Vi gik.", "form_key": KEY}
    tomorrow = str(localdate(world.now) + timedelta(days=1))
    return {
        "meetings:answer": {"answer": "accepted"},
        "meetings:answer_by_link": {"answer": "accepted"},
        "meetings:cancel_cohort": {"reason": "For få tilmeldte."},
        "meetings:change_cohort": {"name": "Hold", "capacity": 30, "state": "open", "offer_hours": 72, "seen": "0"},
        "meetings:reserve": {"seats": 1, "name_by_date": tomorrow},
        "meetings:name_seat": {"name": "Asta Lynggaard", "email": "asta.lynggaard@viborg.example"},
        "meetings:give_back": {"seats": 1, "seen": 2},
        "meetings:calendar": {"seen": 0},
        "meetings:enrolment": {"reason": "Nyt job."},
        "meetings:substitute": {"name": "Asta Lynggaard", "email": "asta.lynggaard@viborg.example"},
        "meetings:offer_by_link": {"decision": "decline"},
        "meetings:application": {"decision": "approve"},
        "meetings:change": {"title": "Dag 1", "day": tomorrow, "starts": "09:00", "ends": "15:00", "version": 1},
        "meetings:attendance": {"everybody": "on"},
        "meetings:walk_in": {"name": "Bo Holm"},
        "meetings:here": {"nonce": KEY, "code": "0000"},
        "meetings:import_preview": {"decision": "none"},
        "meetings:reminder": {"subject": "Husk {dag}", "text": "Vi ses {tid}."},
        "courses:reflection": {"text": "Det går.", "share": "on"},
        "courses:trial": {"intention": "Spørge", "due_date": tomorrow},
        "courses:trial_story": {"what_happened": "Det gik."},
        "courses:make_up": {"instead": 0},
        "courses:answer_make_up": {"decision": "refuse", "reason": "Rummet er lille."},
        "supervision:new_case": case | {"key": KEY, "version": 0},
        "supervision:edit_case": case | {"key": KEY, "version": 1},
        "supervision:add_next_step": {"text": "Spørge"},
        "supervision:tell_next_step": {"status": "tried", "follow_up": "Det gik."},
        "forum:write": practice,
        "forum:edit": practice,
        "forum:reply": {"body": "Tak.", "form_key": KEY},
        "forum:edit_reply": {"body": "Tak.", "form_key": KEY},
        "forum:tried": {"outcome": "kept", "remark": "Det virker"},
        "forum:report": {"reason": "Man kan kende hende."},
        "forum:report_reply": {"reason": "Man kan kende hende."},
        "people:add_member": {"name": "Bo", "email": "bo"},
        "people:end_membership": {"first_day_without": tomorrow},
        "set_language": {"language": "en"},
        "wagtailadmin_pages:add": PAGE_FORM,
        "wagtailadmin_pages:edit": PAGE_FORM,
        "wagtailadmin_pages:preview_on_add": PAGE_FORM,
        "wagtailadmin_pages:preview_on_edit": PAGE_FORM,
        "wagtailadmin_pages:revisions_revert": PAGE_FORM,
        "wagtailadmin_pages:copy": {"new_parent_page": world.things["admin"]["own"]["course"]},
        "wagtailadmin_choose_page_external_link": {"external-link-chooser-url": "https://example.org/"},
    }.get(pattern.name, {})


# Wagtail takes it for granted that the counters of its lists are there.
PAGE_FORM = {f"{name}-count": 0 for name in ("aims", "agenda", "preparation", "body")} | {
    "title": "Dag to",
    "slug": "dag-to",
    "number": 2,
    "materials-TOTAL_FORMS": 0,
    "materials-INITIAL_FORMS": 0,
}
KEY = "5f0c8a1e-1111-4d4f-9f51-1d2a7c1f0001"
