"""The command `quizapp check`: whether what is remembered follows from what was answered."""

import click
from flask.cli import with_appcontext

from quizapp import clock
from quizapp.db import begin_writing, db
from quizapp.memory.checking import CheckReport, Kind, check_memory

MOST_SHOWN = 20  # cards named one by one
WORDS = {Kind.DIFFERS: "differ", Kind.MISSING: "missing", Kind.ORPHAN: "without reviews"}


@click.command("check")
@click.option("--repair", is_flag=True, help="Rebuild the cards that differ from the log.")
@with_appcontext
def check(*, repair: bool) -> None:
    """Replay the log of answers and compare every card with it.

    Fails if a card differs and was not repaired, or if the database itself is damaged.
    """
    session = db.session()
    if repair:
        begin_writing(session)
    report = check_memory(session, clock.now(), repair=repair)
    session.commit()
    _print(report)
    if not report.is_fine:
        raise click.ClickException(_advice(report))


def _print(report: CheckReport) -> None:
    for warning in report.warnings:
        click.echo(f"Warning: {warning}", err=True)
    for line in report.damage:
        click.echo(f"Damage: {line}", err=True)
    wrong = report.wrong_cards
    for card in wrong[:MOST_SHOWN]:
        click.echo(f"Learner {card.learner_id}, fact {card.fact_id}: {card.what}", err=True)
    if len(wrong) > MOST_SHOWN:
        click.echo(f"... and {len(wrong) - MOST_SHOWN} more.", err=True)
    click.echo(
        f"{report.learners} learners, {report.reviews} reviews replayed, "
        f"{report.cards} cards compared."
    )
    counts = ", ".join(f"{report.count(kind)} {WORDS[kind]}" for kind in Kind)
    click.echo(f"Cards: {counts}{'; all repaired' if wrong and report.repaired else ''}.")


def _advice(report: CheckReport) -> str:
    if report.damage:
        return "The database is damaged: stop the app and restore the last backup."
    return "Cards differ from the log. `quizapp check --repair` rebuilds them."
