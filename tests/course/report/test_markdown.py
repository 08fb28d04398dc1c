"""A written answer is shown with its maths, and nothing of a stranger's runs."""

from xml.etree import ElementTree

import pytest

from course.intake import own_notebooks
from course.report.markdown import rendered
from course.text import legible


def test_formulas_become_mathml():
    page = rendered(r"so $\frac{1}{N}$ and $$\sum_i x_i^2$$ nats")
    assert "<mfrac><mrow><mn>1</mn></mrow><mrow><mi>N</mi></mrow></mfrac>" in page
    assert 'display="block"' in page
    assert "$" not in page


def test_markdown_is_read():
    page = rendered("- **nine**\n\n```\nx = 1\n```")
    assert "<li><strong>nine</strong></li>" in page
    assert "<pre><code>x = 1" in page


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "[click][a]\n\n[a]: https://example.org",
        "<https://example.org>",
        "![picture](https://example.org/a.png)",
        r"$\text{<script>alert(1)</script>}$",
        r"$<img src=x onerror=alert(1)>$",
        r"$\href{javascript:alert(1)}{x}$",
        r"$\style{background:url(https://example.org)}{x}$",
        r"$\class{a}{x}$ $\color{red}{x}$",
        r"$\text{&lt;script&gt;alert(1)&lt;/script&gt;}$",
        "\ue0000\ue001 \ue0007\ue001 $x$",
        "`<b>` $`$ <b>`",
        "&#xe000;5&#xe001; &#xe000;0-0&#xe001; $x$",
        "```$x$ &#xe000;0&#xe001;\nx = 1\n```",
        "&lt;script&gt;",
        r"$\unicode{x3c}script\unicode{x3e}$",
    ],
)
def test_no_html_link_or_picture_of_a_stranger_comes_through(text):
    page = ElementTree.fromstring(f"<div>{rendered(text)}</div>")
    tags = {node.tag for node in page.iter()}
    assert not tags & {"script", "img", "a", "b", "iframe", "style"}
    assert not {name for node in page.iter() for name in node.attrib} & {"href", "src", "style"}


@pytest.mark.parametrize(
    "text",
    [r"$\bogus{$", r"$\frac$", "$" + "{" * 1900 + "$", "$x^" + "x^" * 3000 + "$", ">" * 9000],
)
def test_what_cannot_be_read_is_shown_as_it_was_typed(text):
    assert rendered(text)


def test_money_is_no_formula():
    assert "costs $5 and $6" in rendered("costs $5 and $6")


def test_all_formulas_of_the_course_s_own_answers_are_read():
    for name in own_notebooks.questions():
        for answer in own_notebooks.model_answers(name).values():
            assert "<code>$" not in rendered(answer), answer


@pytest.mark.parametrize(
    "text", ["&#x202e;dne", "&#27;[31m", r"$\text{\u202e}\unicode{x202e}$", "\x1b"]
)
def test_nothing_turns_text_around_however_it_is_written(text):
    assert legible(rendered(text)) == rendered(text)


def test_an_answer_that_looks_like_a_definition_of_links_is_shown():
    assert "nine, since" in rendered("[answer]: nine, since\n")
