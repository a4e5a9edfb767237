"""What a load balancer is told when something is missing; missing for real, at a port where nobody listens."""

import json
import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings as project
from django.urls import reverse

NOBODY = "127.0.0.1:1"
WELL = {"status": "ok", "database": "ok", "redis": "ok", "mail": "ok"}
ASK = """
import django, sys
django.setup()
from django.test import Client
answer = Client(SERVER_NAME="localhost").get("/healthz")
sys.stdout.write(f"{answer.status_code} {answer.content.decode()}")
"""


@pytest.mark.django_db
def test_everything_is_well(client):
    answer = client.get(reverse("home:healthz"))

    assert (answer.status_code, answer.json()) == (200, WELL)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_without_redis_the_site_is_degraded_and_stays_in_service(client, settings):
    settings.REDIS_URL = f"redis://{NOBODY}/0"

    answer = client.get(reverse("home:healthz"))

    assert (answer.status_code, answer.json()) == (200, WELL | {"status": "degraded", "redis": "down"})


@pytest.mark.django_db
def test_without_a_mail_server_the_site_is_degraded_and_stays_in_service(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = NOBODY.split(":")

    answer = client.get(reverse("home:healthz"))

    assert (answer.status_code, answer.json()) == (200, WELL | {"status": "degraded", "mail": "down"})


@pytest.mark.django_db
def test_a_mail_server_that_answers_is_well(client, settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()

        assert client.get(reverse("home:healthz")).json() == WELL


def test_without_its_database_the_site_is_down(tmp_path):
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lms.settings.development",
        "DATABASE_URL": f"postgres://nobody:nothing@{NOBODY}/nowhere",
        "VAR_DIR": str(tmp_path),
        "DEBUG": "0",
    }

    asked = subprocess.run(
        [sys.executable, "-c", ASK], env=surroundings, cwd=project.BASE_DIR, capture_output=True, text=True, check=True
    )

    status, _, answer = asked.stdout.partition(" ")
    assert (status, json.loads(answer)) == ("503", WELL | {"status": "down", "database": "down"})
