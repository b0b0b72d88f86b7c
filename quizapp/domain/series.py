"""The series that the shipped banks follow: its fifteen parts, and where each lies in time."""

from dataclasses import dataclass

TITLE = "How the Great Revolutions happened"
FIRST_YEAR = 1640.0
LAST_YEAR = 1918.0  # the end of 1917


@dataclass(frozen=True, slots=True)
class Part:
    """One article of the series.

    `starts` and `ends` are years, with the months behind the point. They say where to draw the
    part; for those whose text was not read they are estimates, as `period` is in words.
    """

    number: int
    title: str
    period: str
    starts: float
    ends: float

    @property
    def has_tail(self) -> bool:
        """Whether it reaches back beyond the first year that is drawn."""
        return self.starts < FIRST_YEAR


PARTS = (
    Part(1, "The English Revolution begins", "1640–1642", 1640, 1642.65),
    Part(2, "The English Revolution: the first civil war", "1642–1647", 1642.65, 1647.1),
    Part(3, "The English Revolution completed", "1647–1649", 1647.2, 1650),
    Part(4, "The French Revolution: the road to revolution", "1774–1789", 1774, 1789.5),
    Part(5, "The French Revolution: Revolution and the Sans Culottes", "1789–1792", 1789.3, 1792.6),
    Part(6, "France: Rise and fall of a popular republic", "1792–1794", 1792.6, 1794.6),
    Part(
        7,
        "The age of revolutions: Aftershocks of the French Revolution",
        "1789 to the early 1830s",
        1789,
        1833,
    ),
    Part(
        8,
        "The nineteenth-century age of revolutions: betrayal to red revolution 1830–1849",
        "1830–1849",
        1830,
        1850,
    ),
    Part(
        9,
        "The nineteenth-century age of revolution: the Paris Commune and the conservative "
        "capitalist European order",
        "The 1850s to 1871",
        1850,
        1871.5,
    ),
    Part(10, "The course of Russian history", "The ninth century to 1900", 862, 1900),
    Part(11, "Revolution arrives in Russia", "The 1880s to summer 1905", 1881, 1905.6),
    Part(
        12, "The soviets and the peak of the 1905 revolution", "Autumn 1905 to 1907", 1905.7, 1907.5
    ),
    Part(13, "Russia: the February Revolution", "1907 to May 1917", 1907.5, 1917.35),
    Part(
        14,
        "Russia: the June offensive to the Kornilov coup",
        "May to August 1917",
        1917.35,
        1917.67,
    ),
    Part(
        15,
        "Russia: twilight of the Provisional Government",
        "September to 22 October 1917",
        1917.67,
        1917.81,
    ),
)


def place(year: float) -> float:
    """Return where a year lies between the first and the last that are drawn, from 0 to 1.

    Years outside are drawn at the nearer end.
    """
    share = (year - FIRST_YEAR) / (LAST_YEAR - FIRST_YEAR)
    return min(1.0, max(0.0, share))
