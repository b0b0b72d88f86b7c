"""Learners are told in one line when a corrected key counts their answers anew."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import Short
from quizapp.memory.corrections import correct_key
from quizapp.models import QuestionVersion
from tests.answer_forms import SHORT
from tests.conftest import FakeClock
from tests.web.study_pages import asked, feedback, sitter, start, words

LINE = "An answer key was corrected: 1 answer of yours counts anew."


def test_a_corrected_key_is_told_until_the_next_sitting(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    sitter(client, session)
    asked(session, SHORT)
    feedback(client, start(client), SHORT, right=True)
    assert LINE not in words(client.get("/today"))

    clock.advance(minutes=5)
    corrected = Short(id="short", prompt="Which body?", accept=["Something else"])
    version = session.query(QuestionVersion).one()
    assert correct_key(session, version.id, corrected, clock.moment) == 1
    session.commit()

    assert LINE in words(client.get("/today"))
    clock.advance(minutes=5)
    start(client)
    assert LINE not in words(client.get("/today"))
