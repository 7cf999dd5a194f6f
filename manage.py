#!/usr/bin/env python3
"""Command line of the Kennisbank: `manage.py help` lists what it can do."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kennisbank.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (after the settings module is named)

    from kennisbank.startup import SettingsError  # noqa: PLC0415 (it brings Django)

    try:
        execute_from_command_line(sys.argv)
    except SettingsError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
