"""Where there is no Chromium the browser tests are left out, and one line says so; or the run fails, where it must."""

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
LEFT_OUT = "The browser tests were left out: no Chromium on this machine (install it, or name its file in CHROMIUM)."
REQUIRED = "FODFAESTE_BROWSER=required, but there is no Chromium on this machine to run the browser tests with."


def find() -> str | None:
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    return next((path for path in map(shutil.which, NAMES) if path), None)


def pytest_configure(config):
    if os.environ.get("FODFAESTE_BROWSER") == "required" and not find():
        raise pytest.UsageError(REQUIRED)


def pytest_collection_modifyitems(config, items):
    if find():
        return
    left_out = [item for item in items if "browser" in item.fixturenames]
    items[:] = [item for item in items if "browser" not in item.fixturenames]
    config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter):
    if not find():
        terminalreporter.write_line(LEFT_OUT, yellow=True, bold=True)
