import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.bank_files import Cite, Source
from quizapp.domain.citations import source_lines

SOURCES = {
    "rabinowitch": Source(
        id="rabinowitch",
        author="Alexander Rabinowitch",
        title="The Bolsheviks Come to Power",
        year=1976,
    ),
    "manifesto": Source(
        id="manifesto", author="Karl Marx and Friedrich Engels", title="The Communist Manifesto"
    ),
    "bcw": Source(id="bcw", title="BCW"),
}


@pytest.mark.parametrize(
    ("cites", "part", "lines"),
    [
        ([], 15, []),
        ([Cite(paragraph=1)], 15, ["Part 15, ¶1"]),
        ([Cite(paragraph=1)], None, ["¶1"]),
        ([Cite(paragraph=6, note="i")], 15, ["Part 15, ¶6, note i"]),
        (
            [
                Cite(paragraph=23, note="xix"),
                Cite(source="rabinowitch", page="241", via="article"),
            ],
            15,
            ["Part 15, ¶23; its note: Rabinowitch, The Bolsheviks Come to Power, p. 241"],
        ),
        (
            [Cite(paragraph=23, source="rabinowitch", page="241", via="article")],
            15,
            ["Part 15, ¶23; its note: Rabinowitch, The Bolsheviks Come to Power, p. 241"],
        ),
        (
            [
                Cite(paragraph=4),
                Cite(source="rabinowitch", page="20-21", via="article"),
                Cite(source="bcw", via="article"),
                Cite(paragraph=5),
            ],
            15,
            [
                "Part 15, ¶4; its note: Rabinowitch, The Bolsheviks Come to Power, pp. 20-21; BCW",
                "Part 15, ¶5",
            ],
        ),
        (
            [Cite(source="rabinowitch", page="241"), Cite(source="bcw")],
            1,
            ["Alexander Rabinowitch, The Bolsheviks Come to Power (1976), p. 241", "BCW"],
        ),
        (
            [Cite(source="rabinowitch", via="article")],
            15,
            ["Alexander Rabinowitch, The Bolsheviks Come to Power (1976)"],
        ),
        (
            [Cite(source="bcw"), Cite(source="manifesto", via="article")],
            15,
            ["BCW", "Karl Marx and Friedrich Engels, The Communist Manifesto"],
        ),
        ([Cite(source="lost", page="3")], 15, ["lost, p. 3"]),
        (
            [Cite(paragraph=2), Cite(source="lost", via="article")],
            15,
            ["Part 15, ¶2; its note: lost"],
        ),
        (
            [Cite(paragraph=2), Cite(source="manifesto", via="article")],
            15,
            ["Part 15, ¶2; its note: Karl Marx and Friedrich Engels, The Communist Manifesto"],
        ),
    ],
    ids=[
        "nothing",
        "a paragraph",
        "a bank without a part",
        "a note whose work is not named",
        "a work in the article's note",
        "both in one cite",
        "two works in a note, then another paragraph",
        "works seen by the writer of the bank",
        "a note without its paragraph",
        "a note behind a work has no paragraph to stand with",
        "a source that is not there is named by its id",
        "so is one in a note",
        "several authors stay as they are written",
    ],
)
def test_cites_become_lines(cites: list[Cite], part: int | None, lines: list[str]) -> None:
    assert source_lines(cites, SOURCES, part) == lines


@given(
    st.lists(
        st.builds(
            Cite,
            paragraph=st.none() | st.integers(1, 30),
            source=st.sampled_from([*SOURCES, "lost"]),
            via=st.sampled_from([None, "article"]),
        )
    )
)
def test_no_line_is_empty_and_no_cite_gives_two(cites: list[Cite]) -> None:
    lines = source_lines(cites, SOURCES, 15)
    assert all(lines)
    assert len(lines) <= len(cites)
    assert sum(line.count("¶") for line in lines) == sum(
        cite.paragraph is not None for cite in cites
    )
