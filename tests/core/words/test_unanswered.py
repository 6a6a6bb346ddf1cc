import pytest

from engage.core.indicators.unanswered import Unanswered
from engage.core.words.unanswered import unanswered_words


@pytest.mark.parametrize(
    ("dont_know", "missing", "said"),
    [
        (0.04, 0.02, "4% said that they did not know and 2% did not answer."),
        (0.045, 0.004, "5% said that they did not know and under 1% did not answer."),
        (0.004, 0, "Under 1% said that they did not know."),
        (0, 0.02, "2% did not answer."),
        (0, 0, "All who were asked gave an answer."),
    ],
)
def test_who_did_not_know_and_who_did_not_answer_is_said(dont_know, missing, said):
    assert unanswered_words(Unanswered(400, dont_know, missing)) == said


def test_a_question_put_to_nobody():
    assert unanswered_words(Unanswered(0, 0, 0)) == "Nobody was asked."
