"""A backup is one moment's state, however many people answer while it is taken."""

import time

from backup.pairs import Writers, forget_all, stored


def wait_until_each_writer_confirmed(writers, number) -> None:
    deadline = time.monotonic() + 30
    while min(writers.confirmed) < number:
        assert time.monotonic() < deadline, "the writers are stuck"
        time.sleep(0.01)


def test_a_backup_taken_while_answers_arrive_is_restored_as_one_moment(app, clock, tmp_path):
    flask = app.test_cli_runner()
    file = tmp_path / "backup.zip"

    with Writers(app, clock.at) as writers:
        wait_until_each_writer_confirmed(writers, 5)
        before = list(writers.confirmed)
        made = flask.invoke(args=["backup", str(file)])
        after = list(writers.confirmed)
        wait_until_each_writer_confirmed(writers, max(after) + 5)
    assert made.exit_code == 0, made.output
    assert after > before, "the writers had to wait for the backup"

    forget_all()
    restored = flask.invoke(args=["restore", str(file)])
    assert restored.exit_code == 0, restored.output

    for writer in range(4):
        left, right = stored("left", writer), stored("right", writer)
        assert left == right, "half a pair is in the backup"
        assert left == list(range(len(left))), "a pair is missing among others"
        assert before[writer] <= len(left) <= after[writer] + 1
