"""Every sentence of the notebooks with a number in it is tried: claims/ has a table for each."""

import importlib
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.notebooks.claims")

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
