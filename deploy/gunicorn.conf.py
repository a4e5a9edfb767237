"""The web server in production: `gunicorn -c deploy/gunicorn.conf.py lms.wsgi`. GUNICORN_CMD_ARGS goes before it."""

import multiprocessing

from lms.backends.access_log import MaskedAccessLog

bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = multiprocessing.cpu_count()
threads = 2
accesslog = "-"
# Calendar addresses and signed links open something for whoever has them: they stay out of the log.
logger_class = MaskedAccessLog
