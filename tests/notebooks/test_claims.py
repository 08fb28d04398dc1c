"""Every number in the notebooks' sentences is tried: claims/ has a table for each notebook."""

import importlib
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

pytest.register_assert_rewrite("tests.notebooks.claims")

kinds = importlib.import_module("tests.notebooks.claims.kinds")
MODULES = sorted(path.stem for path in (Path(__file__).parent / "claims").glob("*.py"))
TABLES = {
    module: table.claims
    for module in MODULES
    if hasattr(table := importlib.import_module(f"tests.notebooks.claims.{module}"), "claims")
}
CLAIMS = [
    pytest.param(table, sentence, id=f"{module}: {sentence}")
    for module, table in TABLES.items()
    for sentence in table.tried
]


@pytest.mark.parametrize(("table", "sentence"), CLAIMS)
def test_a_sentence_stands_in_its_notebook_and_what_it_says_is_so(table, sentence):
    assert sentence in table.prose
    table.tried[sentence]()


@pytest.mark.parametrize("module", TABLES)
def test_a_number_has_a_row_in_the_table_or_is_of_a_kind_that_needs_none(module):
    table = TABLES[module]
    assert kinds.untested(table.text, table.tried) == []


def test_a_number_that_stands_in_no_row_is_named_with_its_neighbours():
    assert kinds.untested("It costs\n\n41 points.", ["It costs"]) == ["It costs 41 points."]
    assert kinds.untested("It costs 41\npoints.", ["costs 41 points"]) == []


@pytest.mark.parametrize("kind", kinds.NEEDS_NO_ROW)
def test_a_kind_that_needs_no_row_is_met_with_in_some_notebook(kind):
    text = "\n\n".join(table.text for table in TABLES.values())
    pieces = kinds.any_of([kinds.NEEDS_NO_ROW[kind]]).finditer(text)
    assert any(kinds.NUMBER.search(piece[0]) for piece in pieces)
