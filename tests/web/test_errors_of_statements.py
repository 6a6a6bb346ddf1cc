"""What somebody sought or wrote does not stand in the error of a statement that failed."""

import traceback

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import SQLAlchemyError

from engage.areas.models import AreaGroup
from engage.extensions import db, table_of

WORD = "quince marmalade"


@pytest.mark.parametrize(
    "statement",
    [
        text("SELECT nothing FROM nowhere WHERE words LIKE :words").bindparams(words=WORD),
        insert(table_of(AreaGroup)).values(code="twice", name=WORD),
        insert(table_of(AreaGroup)).values(code=WORD, name=None),
    ],
)
def test_an_error_tells_the_statement_and_nothing_that_was_given_to_it(app, statement):
    db.session.execute(insert(table_of(AreaGroup)).values(code="twice", name="First"))
    with pytest.raises(SQLAlchemyError) as caught:
        db.session.execute(statement)
    told = "".join(traceback.format_exception(caught.value))
    assert WORD not in told
