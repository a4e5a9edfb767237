"""Ways of running that must not be, and settings that must hold; each asked of a Python of its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

LONG = "Ga7-uK2_wq9ZpT4xRb8yNc1vHm6sLd3fJe5oQi0aXzUtVnYhPk"
COMPLETE = {
    "SECRET_KEY": LONG,
    "DATABASE_URL": "postgres://user:word@127.0.0.1:1/fodfaeste",
    "EMAIL_URL": "smtp+tls://user:word@127.0.0.1:1",
    "BASE_URL": "https://fodfaeste.example.org",
    "SEALING_KEYS": f"{LONG[::-1]},{LONG.swapcase()}",
    "ALLOWED_HOSTS": "fodfaeste.example.org",
}
SHOW = "import django; django.setup(); from django.conf import settings; print({})"


def start(tmp_path, program="import django; django.setup()", module="lms.settings.production", **variables):
    kept = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": module}
    return subprocess.run(
        [sys.executable, "-c", program],
        env=kept | variables,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def shown(tmp_path, expression, **variables):
    done = start(tmp_path, SHOW.format(expression), **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_production_starts_with_everything_it_needs(tmp_path):
    secure = "[settings.DEMO, settings.DEBUG, settings.SESSION_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT]"

    assert shown(tmp_path, secure, **COMPLETE) == "[False, False, True, True]"


@pytest.mark.parametrize("value", ["1", "true", "on"])
def test_production_refuses_the_open_doors_of_the_demo(tmp_path, value):
    done = start(tmp_path, DEMO=value, **COMPLETE)

    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("django.core.exceptions.ImproperlyConfigured: DEMO=1")


@pytest.mark.parametrize(
    "missing", ["SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "BASE_URL", "SEALING_KEYS", "ALLOWED_HOSTS"]
)
def test_production_names_what_it_misses(tmp_path, missing):
    done = start(tmp_path, **{name: value for name, value in COMPLETE.items() if name != missing})

    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].endswith(f"Set the environment variable {missing}.")


def refusal_of(done) -> str:
    return done.stderr.strip().splitlines()[-1].removeprefix("django.core.exceptions.ImproperlyConfigured: ")


@pytest.mark.parametrize("name", ["SECRET_KEY", "SEALING_KEYS"])
@pytest.mark.parametrize("weak", ["changeme", LONG[:49], "x" * 80, "abc" * 30, f"django-insecure-{LONG}"])
def test_production_refuses_a_secret_that_can_be_guessed(tmp_path, name, weak):
    done = start(tmp_path, **COMPLETE | {name: weak})

    assert done.returncode == 1
    assert refusal_of(done) == f"{name} is too easy to guess: at least 50 random characters."


def test_production_refuses_one_weak_key_among_several(tmp_path):
    done = start(tmp_path, **COMPLETE | {"SEALING_KEYS": f"{LONG},short"})

    assert refusal_of(done).startswith("SEALING_KEYS is too easy to guess")


@pytest.mark.parametrize(
    ("name", "value", "refusal"),
    [
        ("BASE_URL", "http://fodfaeste.example.org", "BASE_URL begins with https:// in production."),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS names the hosts; * would let anybody's name into our links."),
    ],
)
def test_production_refuses_what_would_let_others_in(tmp_path, name, value, refusal):
    assert refusal_of(start(tmp_path, **COMPLETE | {name: value})) == refusal


def test_djangos_own_check_of_a_deployment_has_nothing_to_say(tmp_path, report):
    program = (
        "import django; django.setup(); from django.core.management import call_command; "
        "call_command('check', deploy=True, fail_level='WARNING')"
    )

    named = {"DATA_CONTROLLER": "Styrelsen", "DATA_PROTECTION_OFFICER": "dpo@example.org"}
    done = start(tmp_path, program, **COMPLETE | named | {"DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3"})

    report(f"check --deploy under the production settings: {done.stdout.strip()}")
    assert (done.returncode, done.stdout.strip()) == (
        0,
        "System check identified no issues (1 silenced).",
    ), done.stderr


def test_production_answers_over_tls_alone_with_cookies_no_other_host_can_plant(tmp_path):
    shows = (
        "[settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SESSION_COOKIE_NAME, "
        "settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, "
        "settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, "
        "settings.SESSION_COOKIE_SAMESITE, settings.SESSION_COOKIE_DOMAIN, settings.SESSION_COOKIE_PATH]"
    )

    assert shown(tmp_path, shows, **COMPLETE) == (
        "[31536000, True, '__Host-session', '__Host-csrf', '__Host-language', True, True, True, True, 'Lax', None, '/']"
    )


@pytest.mark.parametrize(("module", "limit"), [("wsgi", "5000"), ("asgi", "5000")])
def test_no_page_holds_the_database_longer_than_five_seconds(tmp_path, module, limit):
    program = f"import lms.{module}; from django.conf import settings; print(settings.DATABASES['default']['OPTIONS'])"

    done = start(tmp_path, program, **COMPLETE)

    assert done.stdout.strip() == f"{{'options': '-c statement_timeout={limit}'}}", done.stderr


def test_tasks_and_migrations_may_take_their_time(tmp_path):
    assert shown(tmp_path, "settings.DATABASES['default'].get('OPTIONS')", **COMPLETE) in {"None", "{}"}


def test_manage_py_with_demo_and_nothing_else_uses_the_demos_database(tmp_path):
    program = "import sys; sys.argv = ['manage.py', 'shell', '-v', '0', '-c', 'from django.conf import settings as s; "
    program += 'print(s.DEMO, s.DATABASES["default"]["NAME"])\']; exec(open("manage.py").read())'
    surroundings = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DEMO": "1"}

    done = subprocess.run(
        [sys.executable, "-c", program],
        env=surroundings,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.split() == ["True", str(tmp_path / "demo.sqlite3")], done.stderr


def test_everything_that_is_written_lies_in_one_folder(tmp_path):
    places = "settings.MEDIA_ROOT, settings.PRIVATE_ROOT, settings.MAIL_FOLDER, settings.STATIC_ROOT"
    inside = f"all(str(place).startswith(str(settings.VAR)) for place in ({places}))"

    assert shown(tmp_path, f"settings.VAR, {inside}", module="lms.settings.demo") == f"{tmp_path} True"


def test_sqlite_waits_for_its_turn_to_write(tmp_path):
    options = "settings.DATABASES['default']['OPTIONS']['transaction_mode']"

    assert shown(tmp_path, options, module="lms.settings.development") == "IMMEDIATE"


def test_production_limits_sign_in_and_counts_in_the_database(tmp_path):
    expression = "[settings.ACCOUNT_RATE_LIMITS['reset_password'], settings.CACHES['limits']['BACKEND'], settings.MFA_TRUST_ENABLED]"

    assert shown(tmp_path, expression, **COMPLETE) == "['20/m/ip,3/h/key', 'lms.backends.limits.LimitsCache', True]"


def test_demo_remembers_no_device(tmp_path):
    done = start(tmp_path, SHOW.format("settings.MFA_TRUST_ENABLED"), module="lms.settings.demo")

    assert (done.returncode, done.stdout.strip()) == (0, "False")
