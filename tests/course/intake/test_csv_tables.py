"""Tables of any program: encodings, separators, line ends, and what is wrong with one."""

import pytest

from course.intake.tables import TableError, read_table, table_of

ROWS = [["name", "group"], ["Zoë, née Müller", "a;b"], ["Ada", "it's"]]


def spelt(separator, end):
    """Return ROWS as CSV, each cell in quotes."""
    return end.join(separator.join(f'"{cell}"' for cell in row) for row in ROWS) + end


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_reads_alike_however_it_is_written(encoding, separator, end):
    found = table_of("a.csv", spelt(separator, end).encode(encoding))
    assert found.headings == ROWS[0]
    assert [[line[name] for name in ROWS[0]] for _, line in found.lines] == ROWS[1:]


def test_western_european_text_is_read():
    assert table_of("a.csv", "name;x\nZoë;ü\n".encode("cp1252")).lines == [
        (2, {"x": "ü", "name": "Zoë"})
    ]


def test_the_separator_that_excel_names_in_the_first_line_counts():
    found = table_of("a.csv", b"sep=;\nname, first;x\nAda;1\n")
    assert found.lines == [(3, {"name, first": "Ada", "x": "1"})]


def test_empty_lines_are_passed_over_and_short_ones_filled():
    found = table_of("a.csv", b"name,x\n\nAda\n,\nZoe,1\n")
    assert [(number, line["name"], line["x"]) for number, line in found.lines] == [
        (3, "Ada", ""),
        (5, "Zoe", "1"),
    ]


def test_a_line_with_more_cells_than_headings_is_named():
    with pytest.raises(TableError, match=r"a\.csv, line 3: it has 3 cells, and there are 2 head"):
        table_of("a.csv", b"name,x\nAda,1\nLovelace, Ada,1\n")


def test_an_empty_file_and_one_that_is_not_there_are_named(tmp_path):
    with pytest.raises(TableError, match="it is empty; expected: a line of headings"):
        table_of("a.csv", b"\n\n")
    with pytest.raises(TableError, match="cannot be read: No such file"):
        read_table(tmp_path / "none.csv")


def test_a_text_that_was_kept_from_being_a_formula_is_itself_again_and_legible():
    found = table_of("a.csv", "name,x\n'=SUM(A1),A\u202eda\n".encode())
    assert found.lines == [(2, {"name": "=SUM(A1)", "x": "A�da"})]
