"""A worker of its own for the benchmark of messages: hands over until nothing is left.

python -m benchmarks.carrier LEASE-IN-SECONDS
"""

import sys
import time
from datetime import timedelta

from sqlalchemy import func, select

from engage.app import create_app
from engage.campaigns import sending
from engage.config import read_settings
from engage.extensions import db
from engage.outbox.deliver import Postman
from engage.outbox.models import OutgoingMessage
from engage.outbox.smtp import Smtp


def main() -> None:
    """Take turns until every message is over."""
    lease = timedelta(seconds=float(sys.argv[1]))
    settings = read_settings()
    left = select(func.count()).where(OutgoingMessage.state.in_(("waiting", "sending")))
    with create_app(settings).app_context():
        postman = Postman(settings, Smtp(settings), sending.words_for, lease)
        while True:
            if postman.turn(db.session()):
                continue
            waits = db.session.scalar(left)
            db.session.rollback()
            if not waits:
                return
            time.sleep(0.1)


if __name__ == "__main__":
    main()
