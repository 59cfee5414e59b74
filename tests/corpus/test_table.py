"""Goal tables of real cells: headings by their words, merged cells, page ends, years, forms drawn as tables."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import marks
from corpus.columns import column_name, year_of
from corpus.marks import ABOVE, LEFT, Draft
from corpus.model import BlockKind, Document, Facts, Goal, Parsed
from corpus.parse import parse, uncovered
from index.passages import coverage, make_passages

HEAD = ["Tavoite", "Toimenpide", "Mittari", "Lähtötaso", "Tavoitetaso"]


def parsed(*tables: list[list[str]] | str) -> Parsed:
    """What is made of tables; a string between them is a heading, "\\f" a page."""
    draft = Draft()
    for table in tables:
        if table == "\f":
            draft.page()
        elif isinstance(table, str):
            draft.heading(table, 1)
        else:
            draft.table(table)
    text = draft.text()
    found = parse(text)
    assert uncovered(text, found) == []
    document = Document(Facts("koe", "Koe"), text)
    passages = make_passages(document, found)
    assert coverage(document, found, passages)[1] == 0
    for passage in passages:
        assert not any(mark in document.quote((span,)) for span in passage.spans for mark in "\f\x1c\x1d\x1e\x1f")
    return found


def told(goal: Goal) -> dict[str, str]:
    """The fields that say something."""
    return {name: value.text for name, value in goal.named_fields() if value}


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("MITTARI", "indicator"),
        ("Tavoitetaso 2026", "target"),
        ("Toimenpide/mittari", "indicator"),
        ("Konsernille asetetut tavoitteet", "goal"),
        ("Vastuu ja aikataulu", "responsible"),
        ("Toteuma 31.12.2024", "progress"),
        ("Tavoite-\ntaso", "target"),
        ("Toteutuminen (Q3)", "progress"),
        ("TA2024", "target"),
        ("Strateginen päämäärä", "focus_area"),
        ("Selvitys toimenpiteen edistymisestä", "progress"),
        ("Kustannukset", ""),
        ("Putkien pituus kasvaa joka vuosi tavoitteen mukaan", ""),
        ("2026", ""),
    ],
)
def test_headings_by_their_words(heading: str, name: str) -> None:
    """In any case, with years, in two words; other words name nothing."""
    assert column_name(heading) == name


def test_years_of_headings() -> None:
    """Stuck to letters or in a date."""
    assert [year_of(text) for text in ("TA2024", "Toteuma 31.12.2023", "v. 2026", "Mittari")] == [
        2024,
        2023,
        2026,
        None,
    ]


def test_rows() -> None:
    """One row each; rows of the same action are one form."""
    goals = parsed([HEAD, ["A", "b", "m1", "1", "2"], ["A", "b", "m2", "", "4"], ["A", "c", "m3", "5", "6"]]).goals
    assert told(goals[1]) == {"goal": "A", "action": "b", "indicator": "m2", "target": "4"}
    assert [goal.form for goal in goals] == [0, 0, 1]


def test_merged_cells_hold_for_every_row() -> None:
    """A cell that goes on from above is the row's own, with the same place; an empty beginning is the same."""
    goals = parsed([HEAD, ["A", "b", "m1", "1", "2"], [ABOVE, ABOVE, "m2", "3", ABOVE], ["", "", "m3", "5", "6"]]).goals
    assert [goal.goal.text for goal in goals] == ["A", "A", "A"]
    assert goals[0].goal.spans == goals[1].goal.spans
    assert (goals[1].baseline.text, goals[1].target.text) == ("3", "2")
    assert {goal.form for goal in goals} == {0}


def test_empty_cell_in_the_middle_stays_empty() -> None:
    """A missing baseline is not the one above."""
    goals = parsed([HEAD, ["A", "b", "m1", "1", "2"], ["B", "", "m2", "", "4"]]).goals
    assert told(goals[1]) == {"goal": "B", "indicator": "m2", "target": "4"}


def test_wide_rows() -> None:
    """A row of one merged cell labels, names a unit or heads the rows below it."""
    wide = [LEFT] * 4
    goals = parsed(
        [
            HEAD,
            ["Nuorisopalvelut", *wide],
            ["Painopiste: Puhdas vesi", *wide],
            ["A", "b", "m", "1", "2"],
            ["Muuta", *wide],
            ["A", "b", "n", "1", "2"],
        ]
    ).goals
    assert (goals[0].unit.text, goals[0].focus_area.text) == ("Nuorisopalvelut", "Puhdas vesi")
    assert [heading.text for heading in goals[1].section] == ["Muuta"]


def test_targets_by_year() -> None:
    """Under one spanning heading, or each with its own."""
    spanning = [
        ["Mittari", "Lähtötaso", "Tavoitetaso", LEFT],
        [ABOVE, ABOVE, "2031", "2033"],
        ["Putkia, km", "4", "5", "6,5"],
    ]
    own = [["Mittari", "Lähtötaso", "Tavoite 2031", "Tavoite 2033"], ["Putkia, km", "4", "5", "6,5"]]
    for table in (spanning, own):
        (goal,) = parsed(table).goals
        assert [(year, value.text) for year, value in goal.targets] == [(2031, "5"), (2033, "6,5")]
        assert (goal.indicator.text, goal.baseline.text) == ("Putkia, km", "4")
        assert "5" in goal.target.text and "2033" in goal.target.text


def test_actuals_by_year() -> None:
    """The latest is the progress; earlier ones are noted with their headings; what is aimed at is the indicator."""
    (goal,) = parsed([["Asetetut tavoitteet", "TA2031", "TP2031", "TP2030"], ["Vuosikate", "80", "142", "123"]]).goals
    assert told(goal) == {"indicator": "Vuosikate", "target": "80", "progress": "142"}
    assert [note.text for note in goal.notes] == ["TP2030 123"]


def test_tavoite_means_target_after_the_indicator() -> None:
    """ "Mittari | Tavoite | Toteuma": the goal is a value."""
    (goal,) = parsed([["Mittari", "Tavoite", "Toteuma"], ["Putkia, km", "5", "4,9"]]).goals
    assert told(goal) == {"indicator": "Putkia, km", "target": "5", "progress": "4,9"}


def test_later_headings_tell_more_of_the_row() -> None:
    """A record of two heading rows, as in annual reports."""
    record = [["Tavoite", "Toimenpide/mittari", LEFT], ["Maksuvalmius on hyvä", "Vähintään 0,5", LEFT]]
    record += [["Arviointi", LEFT, "Tila"], ["Toteutui, nyt 0,7", LEFT, "Valmis"]]
    (goal,) = parsed("Lammin Vesi Oy", record).goals
    assert told(goal) == {
        "unit": "Lammin Vesi Oy",
        "goal": "Maksuvalmius on hyvä",
        "indicator": "Vähintään 0,5",
        "progress": "Toteutui, nyt 0,7",
    }
    assert [note.text for note in goal.notes] == ["Tila Valmis"]
    assert [heading.text for heading in goal.section] == ["Lammin Vesi Oy"]


def test_table_over_a_page() -> None:
    """With the headings again or without; a row cut by the page's end goes on in the next one's first row."""
    first = [HEAD, ["A", "b", "m1", "1", "2"], ["B", "uusitaan vanhat", "m2 pitkä", "3", "4"]]
    rest = [["", "ja tehdään uudet", "", "", ""], ["C", "d", "m3", "5", "6"]]
    for following in (rest, [HEAD, *rest]):
        goals = parsed(first, "\f", following).goals
        assert [goal.indicator.text for goal in goals] == ["m1", "m2 pitkä", "m3"]
        assert goals[1].action.text == "uusitaan vanhat ja tehdään uudet"
        assert goals[2].target.text == "6"
    whole = parsed(first, "\f", [["C", "d", "m3", "5", "6"]]).goals
    assert [goal.indicator.text for goal in whole] == ["m1", "m2 pitkä", "m3"]


def test_headings_alone_at_the_end_of_a_page() -> None:
    """The table's rows stand on the next page, one place wider."""
    goals = parsed(
        [["Tavoite", "Toimenpide/mittari"]],
        "\f",
        [["A", "m1", LEFT], ["Arviointi", LEFT, "Tila"], ["Toteutui", LEFT, "Valmis"]],
    ).goals
    assert [told(goal) for goal in goals] == [{"goal": "A", "indicator": "m1", "progress": "Toteutui"}]


def test_unknown_columns_are_noted() -> None:
    """No cell is lost: its heading goes with it."""
    (goal,) = parsed([["Mittari", "Tavoitetaso", "Rahoitus"], ["m", "5", "Avustus"]]).goals
    assert [note.text for note in goal.notes] == ["Rahoitus Avustus"]


def test_form_drawn_as_a_table() -> None:
    """Labels in cells: upper fields hold until they are given again, each indicator is a row."""
    goals = parsed(
        [
            ["Painopiste", "Puhdas vesi", LEFT, LEFT],
            ["Tavoite", "Verkko on ehjä", LEFT, LEFT],
            ["Mittari 1", "Putkien pituus", LEFT, LEFT],
            ["Lähtötaso", "4 km", "Tavoitetaso", "6 km"],
            ["Mittari 2", "Vuotojen määrä", LEFT, LEFT],
            ["Lähtötaso", "18", "Tavoitetaso", "12"],
            ["Vastuuhenkilö", "vesipäällikkö", LEFT, LEFT],
        ]
    ).goals
    assert [(goal.indicator.text, goal.baseline.text, goal.target.text) for goal in goals] == [
        ("Putkien pituus", "4 km", "6 km"),
        ("Vuotojen määrä", "18", "12"),
    ]
    assert {goal.responsible.text for goal in goals} == {"vesipäällikkö"}
    assert {(goal.focus_area.text, goal.goal.text, goal.form) for goal in goals} == {
        ("Puhdas vesi", "Verkko on ehjä", 0)
    }


def test_other_tables_are_rows_of_text() -> None:
    """Under the first row, which says what the figures are."""
    found = parsed("Henkilöstö", [["Toimiala", "2030", "2031"], ["Tekninen", "91", "94"]])
    assert found.goals == ()
    rows = [block for block in found.blocks if block.kind is BlockKind.ROW]
    assert [row.content.text for row in rows] == ["Toimiala 2030 2031", "Tekninen 91 94"]
    assert [heading.text for heading in rows[1].section] == ["Henkilöstö", "Toimiala 2030 2031"]


WORDS = st.sampled_from(
    [*HEAD, "Tila", "Arviointi", "", "", LEFT, ABOVE, "sana", "4 %", "2031", "Painopiste: x", "rivi\ntoinen", "Nro"]
)


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            st.just("\f"), st.just("Otsikko"), st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=6)
        ),
        max_size=6,
    )
)
def test_no_cell_is_lost(content: list[list[list[str]] | str]) -> None:
    """Whatever stands in whatever cells, each word stands in a row, a block or a heading, and in a passage."""
    parsed(*content)


def test_pages() -> None:
    """Counted from the sign; a text file whose pages end with it counts the same."""
    ours, theirs = "\f\n\nyksi\n\n\f\n\nkaksi\n", "yksi\fkaksi\f"
    for text in (ours, theirs):
        assert marks.page_count(text) == 2
        assert [marks.page_of(text, text.index(word)) for word in ("yksi", "kaksi")] == [1, 2]
    assert (marks.page_count("yksi"), marks.page_of("yksi", 0)) == (None, None)
