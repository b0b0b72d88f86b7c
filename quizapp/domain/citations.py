"""Where a fact comes from, as lines to read."""

from collections.abc import Iterable, Mapping, Sequence

from quizapp.domain.bank_files import Cite, Source


def source_lines(
    cites: Sequence[Cite], sources: Mapping[str, Source], part: int | None
) -> list[str]:
    """Return one line for each place that says a fact, in the order of its cites.

    A work that the article itself cites follows the paragraph before it, on the same line:
    "Part 15, ¶23; its note: Rabinowitch, The Bolsheviks Come to Power, p. 241". `sources` are
    those of the fact's bank by their text ids; one it lacks is named by its id. A bank without
    a part has bare paragraphs. No cites give no lines.
    """
    return [_line(group, sources, part) for group in _groups(cites)]


def _groups(cites: Iterable[Cite]) -> list[list[Cite]]:
    """Return cites in groups that make one line: a paragraph and the works in its note."""
    groups: list[list[Cite]] = []
    for cite in cites:
        if groups and _is_in_note(cite) and groups[-1][0].paragraph is not None:
            groups[-1].append(cite)
        else:
            groups.append([cite])
    return groups


def _is_in_note(cite: Cite) -> bool:
    return cite.paragraph is None and cite.via == "article"


def _line(group: Sequence[Cite], sources: Mapping[str, Source], part: int | None) -> str:
    first, *in_note = group
    if first.paragraph is None:
        return _whole_work(first, sources)
    works = [_short_work(cite, sources) for cite in ([first] if first.source else []) + in_note]
    place = f"¶{first.paragraph}" if part is None else f"Part {part}, ¶{first.paragraph}"
    if works:
        return f"{place}; its note: {'; '.join(works)}"
    return f"{place}, note {first.note}" if first.note else place


def _whole_work(cite: Cite, sources: Mapping[str, Source]) -> str:
    """Return a work as "Alexander Rabinowitch, The Bolsheviks Come to Power (1976), p. 241"."""
    source = sources.get(cite.source or "")
    if source is None:
        return _joined([cite.source, _page(cite)])
    title = source.title if source.year is None else f"{source.title} ({source.year})"
    return _joined([source.author, title, _page(cite)])


def _short_work(cite: Cite, sources: Mapping[str, Source]) -> str:
    """Return a work as "Rabinowitch, The Bolsheviks Come to Power, p. 241"."""
    source = sources.get(cite.source or "")
    if source is None:
        return _joined([cite.source, _page(cite)])
    return _joined([_last_name(source.author), source.title, _page(cite)])


def _last_name(author: str | None) -> str | None:
    """Return the last name of one author; several authors as they are written."""
    if author is None or " and " in author or "," in author or ";" in author:
        return author
    return author.rpartition(" ")[2]


def _page(cite: Cite) -> str | None:
    """Return "p. 241", or "pp. 20-21" for more than one page."""
    if cite.page is None:
        return None
    several = any(sign in cite.page for sign in "-\N{EN DASH},")
    return f"pp. {cite.page}" if several else f"p. {cite.page}"


def _joined(parts: Iterable[str | None]) -> str:
    return ", ".join(part for part in parts if part)
