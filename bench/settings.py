"""The demo's settings, with a bare view to measure against."""

from lms.settings.demo import *  # noqa: F403 - settings files are layers of one namespace

ROOT_URLCONF = "bench.urls"
