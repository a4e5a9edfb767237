#!/usr/bin/env python
"""Django's command line. DEMO=1 chooses the demo's settings and database."""

import os
import sys


def main() -> None:
    default = "lms.settings.demo" if os.environ.get("DEMO") == "1" else "lms.settings.development"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", default)
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the settings are chosen

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
