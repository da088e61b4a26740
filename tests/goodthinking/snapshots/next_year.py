"""The site on a machine whose clock has jumped."""

import datetime

import time_machine

time_machine.travel(datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=400)).start()

from goodthinking.wsgi import application  # noqa: E402, F401
