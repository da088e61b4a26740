"""The usual door: `python manage.py up` starts the whole site."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodthinking.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
