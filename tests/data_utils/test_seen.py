"""Every picture can be read: its text stands out, its colours differ, and words tell what it is."""

import ast
import itertools
import json
from types import SimpleNamespace

import matplotlib
import numpy as np
import pytest
from IPython.core.events import EventManager
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.text import Text

matplotlib.use("agg")

from course import notebook, paths  # noqa: E402
from data_utils import plots  # noqa: E402
from data_utils.notebook import outline  # noqa: E402
from data_utils.plots import lenet, present, progress, search, style, two_layer  # noqa: E402
from tests.data_utils import (  # noqa: E402
    test_plots,
    test_plots_batchnorm,
    test_plots_cnn,
    test_plots_of_nets,  # noqa: E402
)

FOUR_AND_A_HALF = 4.5
"""The least contrast of text, by the Web Content Accessibility Guidelines 2.2, 1.4.3."""

WORDS = [word for word, _, _ in progress.LOOKS.values()]

MODULES = (test_plots, test_plots_batchnorm, test_plots_cnn, test_plots_of_nets)
FIGURES = {name: draw for module in MODULES for name, draw in module.FIGURES.items()} | {
    "squares": lambda: progress.rows_of_squares(
        {"1_svm": [(n, 2, ("passed", "failed", "not run")[n % 3]) for n in range(1, 18)]}
    ),
    "shares": lambda: search.heat_map(
        np.arange(12).reshape(3, 4) / 11, [1, 2, 3], [1, 2, 3, 4], "rate", "strength", "right"
    ),
    "valley": lambda: two_layer.valley(
        {"sgd": np.ones((3, 2)), "adam": np.zeros((3, 2))}, [1.0, 100.0]
    ),
    "confusion": lambda: lenet.confusion(np.arange(9).reshape(3, 3), list("abc")),
    "net": lambda: lenet.net(
        [(1, 28, 28), (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (120,), (84,), (10,)]
    ),
    "bars": lambda: lenet.bars({"products": [3, 20], "weights": [5, 6]}, ["conv", "affine"]),
    "panels": lambda: lenet.panels({"rule": {"adam": [3, 2, 1]}}, window=1),
    "verdicts": lambda: lenet.verdicts(np.ones((2, 1, 3, 3)), ["a as b", "c as d"]),
    "saliency": lambda: lenet.saliency_maps(np.ones((1, 1, 3, 3)), np.ones((1, 3, 3)), ["a"]),
    "lines": lambda: two_layer.lines(np.arange(3), {"one": [1, 2, 3]}, "input", "output"),
}

SEEN = {
    "no red": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "no green": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "no blue": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "all": np.eye(3),
}
"""How linear colours look to those who do not see one: Machado, Oliveira and Fernandes, 2009."""

XYZ = np.array([[0.4125, 0.3576, 0.1804], [0.2127, 0.7152, 0.0722], [0.0193, 0.1192, 0.9503]])


def linear(colour):
    """Return a colour's amounts of light."""
    parts = np.array(to_rgb(colour))
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted(linear(colour) @ XYZ[1] for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(light):
    """Return an amount of light in the space L*a*b*, in which equal distances look equal."""
    x, y, z = np.cbrt(np.maximum(XYZ @ np.clip(light, 0, 1) / XYZ.sum(axis=1), 1e-6))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.fixture
def drawn(monkeypatch):
    """Draw a figure; return it with the words that are shown with it."""
    plots.plt.close("all")
    shown = []
    monkeypatch.setattr(style, "present", lambda *given: shown.append(given))

    def draw(name):
        assert FIGURES[name]() is None
        return shown[-1]

    yield draw
    plots.plt.close("all")


def grounds(figure):
    """Yield (text, its colour, the colour behind it) of all that is written in a figure."""
    figure.set_facecolor("white")
    figure.canvas.draw()
    off = [ax for ax in figure.axes if not ax.axison]
    not_drawn = {text for ax in off for text in (*ax.get_xticklabels(), *ax.get_yticklabels())}
    texts = [t for t in figure.findobj(Text) if t.get_text().strip() and t not in not_drawn]
    boxes = [text.get_window_extent() for text in texts]
    figure.set_layout_engine("none")  # else all that stays moves
    for text in texts:
        text.set_visible(False)
    figure.canvas.draw()
    pixels = np.asarray(figure.canvas.buffer_rgba())[::-1, :, :3] / 255
    for text, box in zip(texts, boxes, strict=True):
        (x0, y0), (x1, y1) = np.maximum(box.min, 0).astype(int), np.ceil(box.max).astype(int)
        behind = pixels[y0:y1, x0:x1].reshape(-1, 3)
        if len(behind):
            yield text, np.array(to_rgba(text.get_color())[:3]), np.median(behind, axis=0)


@pytest.mark.parametrize("name", FIGURES)
def test_what_is_written_stands_out_from_its_ground(name, drawn):
    for text, colour, behind in grounds(drawn(name)[0]):
        assert contrast(colour, behind) >= FOUR_AND_A_HALF, text.get_text()


@pytest.mark.parametrize("name", FIGURES)
def test_words_tell_what_is_to_be_seen(name, drawn):
    words = drawn(name)[1]
    assert len(words) > 25 and words.endswith(".") and "\n" not in words, words


def test_every_function_that_draws_returns_words():
    silent = []
    for file in sorted((paths.DATA_UTILS / "plots").glob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            names = [getattr(one, "id", "") for one in getattr(node, "decorator_list", ())]
            if "styled" in names and not isinstance(node.body[-1], ast.Return):
                silent.append(f"{file.name}: {node.name}")
    assert silent == []


def test_a_text_that_does_not_stand_out_would_be_found(drawn):
    figure = drawn("hinge_loss")[0]
    figure.axes[0].text(0, 1, "pale", color="#b8b8b8")
    assert [t.get_text() for t, c, b in grounds(figure) if contrast(c, b) < 4.5] == ["pale"]


@pytest.mark.parametrize("eye", SEEN)
def test_whoever_does_not_see_a_colour_tells_those_of_the_pictures_apart(eye):
    named = (style.BLUE, style.ORANGE, style.GREEN, style.INK)
    looks = [lab(np.array(SEEN[eye]) @ linear(colour)) for colour in named]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(looks, 2)) > 18


def test_a_page_gets_a_sharp_picture_with_its_words(monkeypatch, drawn):
    figure, *_ = drawn("hinge_loss")
    monkeypatch.setattr(outline, "here", lambda: None)
    data, about = present.as_data(figure, 'a "b" & c')
    assert data["text/plain"] == about["image/png"]["alt"] == 'a "b" & c'
    assert about["needs_background"] == "light"
    monkeypatch.setattr(outline, "here", lambda: paths.ASSIGNMENTS / "1_svm.ipynb")
    page = present.as_data(figure, 'a "b" & c')[0]["text/html"]
    assert 'alt="a &quot;b&quot; &amp; c"' in page
    width = about["image/png"]["width"]
    assert f'width="{width}"' in page and width < 600


def test_a_live_picture_is_shown_once_and_then_replaced(monkeypatch):
    shown = []

    class Panel:
        def update(self, data, **about):
            shown.append(("replaced", data))

    monkeypatch.setattr(
        "IPython.display.display", lambda data, **about: shown.append(("shown", data)) or Panel()
    )
    live = present.Live()
    for number in range(3):
        live.show(number, {})
    assert shown == [("shown", 0), ("replaced", 1), ("replaced", 2)]


def test_a_live_picture_that_comes_too_soon_waits_until_the_cell_ends(monkeypatch):
    shown, live = [], present.Live()
    shell = SimpleNamespace(events=EventManager(None, {"post_run_cell": lambda result: None}))
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    monkeypatch.setattr(present, "as_data", lambda figure, words: (words, {}))
    monkeypatch.setattr(live, "show", lambda words, about: shown.append(words))
    for words in ("first", "second", "third"):
        live.draw(None, words, {})
    assert shown == ["first"]
    for _ in range(2):
        shell.events.trigger("post_run_cell", None)
    assert shown == ["first", "third"]
    live.next = 0.0
    live.draw(None, "after a while", {})
    assert (
        shown == ["first", "third", "after a while"] and not shell.events.callbacks["post_run_cell"]
    )


@pytest.mark.parametrize("path", paths.notebooks(), ids=lambda path: path.stem)
def test_every_stored_picture_has_words(path):
    outputs = [
        output
        for cell in notebook.read(path)["cells"]
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert outputs
    for output in outputs:
        assert output["metadata"]["image/png"].get("alt"), json.dumps(output)[:300]


def test_a_word_of_the_legend_leaves_the_next_square_free(drawn):
    figure = drawn("squares")[0]
    figure.canvas.draw()
    squares = [patch.get_window_extent() for patch in figure.axes[0].patches]
    words = [text for text in figure.axes[0].texts if text.get_text() in WORDS]
    assert len(words) == len(WORDS) == len({text.get_text() for text in words})
    for word in words:
        assert not any(word.get_window_extent().overlaps(one) for one in squares), word
