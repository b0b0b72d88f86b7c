"""`make bench`: prints the table and keeps it in instance/bench.json."""

import sys

from quizapp.settings import INSTANCE
from tests.load import answering, engine, loading, queues
from tests.load.measure import print_table, write

BENCHES = {
    "answering": answering.rows,
    "engine": engine.rows,
    "queues": queues.rows,
    "loading": loading.rows,
}


def main(names: list[str]) -> None:
    """Run the benches named, or all."""
    rows = [row for name in names or BENCHES for row in BENCHES[name]()]
    print_table(rows)
    if not names:
        INSTANCE.mkdir(exist_ok=True)
        write(rows, INSTANCE / "bench.json")


if __name__ == "__main__":
    main(sys.argv[1:])
