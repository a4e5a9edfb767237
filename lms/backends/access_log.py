"""Gunicorn's access log without the secrets that stand in addresses; see ``deploy/gunicorn.conf.py``."""

from gunicorn.glogging import Logger

from lms.backends.masking import masked


class MaskedAccessLog(Logger):
    """Every part of a line is masked: the address also stands in the referrer, the headers and the environment."""

    def atoms(self, resp, req, environ, request_time):
        atoms = super().atoms(resp, req, environ, request_time)
        return {name: masked(value) if isinstance(value, str) else value for name, value in atoms.items()}
