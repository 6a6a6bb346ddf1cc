"""Who holds keys: their pages need a second step of signing in and an unlocked session."""

from engage.accounts.models import Role

ENTITLED = (Role.CASEWORKER, Role.SAFEGUARDING_LEAD)
"""Every report is sealed to these; they hold the statistics key too."""

KEYED = (*ENTITLED, Role.CENTRE_WORKER)
"""Everyone with a pair of keys; a worker of a centre holds that centre's key."""
