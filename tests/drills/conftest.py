"""Drills break things on purpose. ``make test`` runs each of them small, ``make drills`` at full count."""

import os

FULL = os.environ.get("FODFAESTE_DRILL") == "full"
MAILS = 400 if FULL else 40
SEEDS = (1, 2, 3) if FULL else (1,)
FEWEST_KILLS = 10 if FULL else 3
