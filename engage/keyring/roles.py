"""Who signs in with a second step, and who holds keys to what is sealed besides."""

from engage.accounts.models import Role

ENTITLED = (Role.CASEWORKER, Role.SAFEGUARDING_LEAD)
"""Every report is sealed to these; they hold the statistics key too."""

KEYED = (*ENTITLED, Role.CENTRE_WORKER)
"""Everyone who may hold keys to what is sealed: their sessions open it, and close when idle.

A worker of a centre holds that centre's key.
"""

SECOND_STEP = tuple(role for role in Role if role != Role.PARTNER_VIEWER)
"""Everyone who can come to see personal data signs in with a code as well.

A pair of keys keeps the secret of their code generator. Without a share of a key it opens nothing
else. Only partners see nothing but figures that were published.
"""
