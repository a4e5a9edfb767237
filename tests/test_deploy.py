"""The web server's settings as we ship them, read as nginx reads them: blocks, and what stands in each."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from courses.forms import GuardedDocumentForm, GuardedImageForm
from lms.formats import spreadsheets

CONF = Path(settings.BASE_DIR, "deploy", "nginx.conf").read_text(encoding="utf-8")
PLAIN = "\n".join(line.split("#")[0] for line in CONF.splitlines())
MEGABYTE = 1024 * 1024
IS_REQUIRED = os.environ.get("FODFAESTE_NGINX") == "required"


def blocks(kind: str) -> list[tuple[str, str]]:
    """Each block of a kind, with its name and what stands in it."""
    found = []
    for start in re.finditer(rf"^\s*{kind}\b([^{{;]*)\{{", PLAIN, re.MULTILINE):
        depth, end = 1, start.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(PLAIN[end], 0)
            end += 1
        found.append((start[1].strip(), PLAIN[start.end() : end - 1]))
    return found


def values(text: str, name: str) -> list[str]:
    return re.findall(rf"^\s*{name}\s+([^;]+);", text, re.MULTILINE)


OURS = next(text for _name, text in blocks("server") if "ssl_certificate " in text)
PASSED_ON = [text for _name, text in blocks("location") if "proxy_pass" in text]


def test_web_server_speaks_tls_1_2_and_1_3_alone():
    assert values(PLAIN, "ssl_protocols") == ["TLSv1.2 TLSv1.3"]
    (ciphers,) = values(PLAIN, "ssl_ciphers")
    assert all(cipher.startswith("ECDHE-") and re.search("GCM|POLY1305", cipher) for cipher in ciphers.split(":"))


def test_what_comes_without_tls_is_sent_to_our_own_name_and_other_names_get_nothing():
    first, second, _ours = (text for _name, text in blocks("server"))

    assert ("return 444" in first, "ssl_reject_handshake on" in first) == (True, True)
    assert values(second, "return") == ["301 https://fodfaeste.example.org$request_uri"]


def test_what_a_visitor_says_of_themselves_does_not_get_through():
    assert len(PASSED_ON) == 2
    for text in PASSED_ON:
        assert sorted(values(text, "proxy_set_header")) == sorted(
            [
                'Connection ""', "Host $host", "X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme",
                'X-Forwarded-Host ""', 'Forwarded ""', 'X-Real-IP ""',
            ]
        )  # fmt: skip


def test_nothing_uploaded_is_served_past_the_site():
    assert re.findall(r"^\s*(?:root|alias|autoindex on|sendfile)\b", PLAIN, re.MULTILINE) == []
    assert dict(blocks("location"))[settings.MEDIA_URL].strip() == "return 404;"


def test_requests_have_a_size_and_a_time():
    small, large = (int(size.removesuffix("m")) * MEGABYTE for size in values(OURS, "client_max_body_size"))

    largest = max(GuardedDocumentForm.max_bytes, GuardedImageForm.max_bytes, spreadsheets.MAX_BYTES)
    assert small >= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert largest < large <= largest + MEGABYTE
    for name in ("client_body_timeout", "client_header_timeout", "send_timeout", "proxy_read_timeout", "limit_conn"):
        assert values(OURS, name) != []


@pytest.mark.parametrize(
    "address",
    [
        "/admin/documents/add/",
        "/admin/documents/multiple/add/",
        "/admin/images/chooser/create/",
        "/hold/vest/kursister/importer/",
    ],
)
def test_doors_for_files_take_large_ones_and_other_doors_do_not(address):
    (pattern,) = (name.removeprefix("~ ") for name, text in blocks("location") if "21m" in text)

    assert re.match(pattern, address)
    assert not re.match(pattern, "/faellesskab/ny/praksisbeskrivelse/")


@pytest.mark.skipif(not shutil.which("nginx") and not IS_REQUIRED, reason="nginx is not on this machine.")
def test_nginx_itself_understands_it(tmp_path):
    (tmp_path / "nginx.conf").write_text(f"events {{}}\nhttp {{ {CONF} }}")

    done = subprocess.run(
        ["nginx", "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False
    )

    assert "syntax is ok" in done.stderr or "cannot load certificate" in done.stderr
