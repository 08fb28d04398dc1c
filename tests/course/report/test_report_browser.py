"""The pages of a report in a real browser: sorting, filtering, and nothing in the console."""

import re
from dataclasses import replace

import pytest

from course.outcome import Outcome, Row
from course.report.pages import write_report

WIDTHS = {"desktop": 1280, "phone": 390}
VERDICTS = ("passed", "failed", "not written", "not run")


def outcomes(student):
    """Return outcomes of five notebooks with 19 checks each, that differ between students."""
    return [
        Outcome(
            submission=f"student-{student:02}",
            notebook=f"{notebook}_notebook",
            check=check,
            task=f"task_{check}, the gradient",
            points=2 * (kind == 0),
            max_points=2,
            verdict=VERDICTS[kind],
            diagnosis="times-N" if kind == 1 else None,
            message="dw: 6 of 6 entries are wrong; at (0, 0) yours is 8, expected 2. Every "
            "entry is 4 times too large." * (kind == 1),
            seconds=0.1,
            prints="<b>bold</b>" if kind == 1 else "",
        )
        for notebook in range(1, 6)
        for check in range(1, 20)
        for kind in [(7 * notebook + 3 * check) % 11 < student % 9]
    ]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report of a class of thirty, one of whom could not be read."""
    out = tmp_path_factory.mktemp("report")
    rows = [Row(f"student-{n:02}", outcomes(n)) for n in range(30)]
    rows[1].remarks.append("late")
    unread = {"verdict": "not run", "points": 0, "diagnosis": None, "message": "no zip"}
    found = [replace(outcome, **unread) for outcome in outcomes(0)]
    known = {"problem": "'unread.zip' is no zip", "todo": "hand it in again"}
    rows.append(Row("unread", found, **known))
    write_report(out, rows, 7, [(0.97, "student-01", "student-02")])
    return out


@pytest.fixture(params=WIDTHS)
def page(chromium, report, request):
    """The page of the class, as wide as a desktop or a phone; what it complains of fails."""
    page = chromium.new_page(viewport={"width": WIDTHS[request.param], "height": 800})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: complaints.append(sent.url) if "file:" not in sent.url else 0)
    page.goto((report / "index.html").as_uri())
    yield page
    page.close()
    assert complaints == []


def names(page):
    """Return the names in the heat map that can be seen, from top to bottom."""
    return [cell.inner_text().strip("* ") for cell in page.query_selector_all("td.name:visible")]


def totals(page):
    """Return what stands in the column of points, as numbers; a dash is -1."""
    texts = page.locator("#heat tbody tr td:nth-child(2)").all_inner_texts()
    return [-1 if text == "–" else float(text.split("/")[0]) for text in texts]


def test_a_click_sorts_by_points_and_another_the_other_way(page):
    head = page.locator("#heat th", has_text="points").first
    head.locator("button").click()
    assert totals(page) == sorted(totals(page))
    assert head.get_attribute("aria-sort") == "ascending"
    head.locator("button").click()
    assert totals(page) == sorted(totals(page), reverse=True)


def test_a_click_sorts_by_name(page):
    button = page.locator("#heat th.name button")
    button.click()
    assert names(page) == sorted(names(page))
    button.click()
    assert names(page) == sorted(names(page), reverse=True)


def test_typing_filters_by_name(page):
    page.fill("#filter", "STUDENT-1")
    assert names(page) == [f"student-{n}" for n in range(10, 20)]
    page.fill("#filter", "")
    assert len(names(page)) == 31


def test_a_student_opens_with_a_click_and_is_told_what_to_look_at_next(page):
    page.click("text=student-05")
    assert page.locator("h1").inner_text() == "student-05"
    page.locator("a", has_text="notebook, Check").first.click()
    failed = page.locator("article.failed").first
    assert "#" + failed.get_attribute("id") == page.evaluate("location.hash")
    failed.locator("summary", has_text="printed").click()
    assert failed.locator("pre").inner_text() == "<b>bold</b>"


def test_a_cell_leads_to_that_check_on_that_students_page(page):
    cell = page.locator("#heat td.cell.failed a").first
    student = cell.locator("xpath=ancestor::tr/td[1]").inner_text().strip("* ")
    cell.click()
    assert page.locator("h1").inner_text() == student
    assert page.locator("article:target.failed").count() == 1


def test_a_click_on_a_mistake_leaves_who_made_it_and_another_brings_all_back(page):
    button = page.locator(".pick").first
    made = [name.strip() for name in button.get_attribute("title").split(": ")[1].split(",")]
    button.click()
    assert names(page) == sorted(made)
    assert page.locator("#heat td.hit").count() >= len(made)
    assert "Every entry is 4 times too large" in page.locator("#picked").inner_text()
    page.locator("#all").click()
    assert len(names(page)) == 31
    assert page.locator("#heat td.hit").count() == 0


def test_the_head_stays_in_sight_while_a_large_class_scrolls(page):
    page.evaluate("document.querySelector('.scroll').scrollTop = 300")
    head, scroll = (page.locator(css).first.bounding_box() for css in ("#heat thead", ".scroll"))
    assert abs(head["y"] - scroll["y"]) < 3


def test_an_instructor_goes_from_student_to_student_and_a_student_does_not(page, report):
    page.click("#heat >> text=student-05")
    page.click("a[rel=next]")
    assert page.locator("h1").inner_text() == "student-06"
    page.click("a[rel=prev]")
    assert page.locator("h1").inner_text() == "student-05"
    page.goto((report / "feedback" / "student-05.html").as_uri())
    assert page.locator("a[rel]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_legend_and_cells_have_the_same_colours(page, scheme):
    page.emulate_media(color_scheme=scheme)
    for verdict in ("passed", "failed", "not-run"):
        colours = {
            page.locator(css).first.evaluate("e => getComputedStyle(e).backgroundColor")
            for css in (f".legend .dot.{verdict}", f"#heat .cell.{verdict}")
        }
        assert len(colours) == 1, verdict


def test_who_could_not_be_read_has_no_mark_and_one_box(page):
    page.click("#heat >> text=unread")
    assert "no mark yet" in page.locator("p.sub").inner_text()
    assert page.locator("article").count() == 1
    assert "hand it in again" in page.locator("article").inner_text()


def test_the_name_stays_in_sight_while_ninety_checks_scroll(page):
    page.evaluate("document.querySelector('.scroll').scrollLeft = 10000")
    name, scroll = (page.locator(css).first.bounding_box() for css in ("td.name", ".scroll"))
    assert abs(name["x"] - scroll["x"]) < 3


def test_no_page_is_wider_than_the_screen(page, report):
    for path in ("index.html", "feedback/student-08.html", "feedback/unread.html"):
        page.goto((report / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_in_print_every_check_is_on_the_paper(page):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1040, "height": 700})  # A4 across, less its margins, in CSS px
    last = page.locator("#heat tbody tr").first.locator("td").last.bounding_box()
    assert last["x"] + last["width"] <= 1040
    assert not page.locator("#filter").is_visible()


def test_paper_is_white_where_the_screen_is_dark(page):
    page.emulate_media(media="print", color_scheme="dark")
    colour = page.locator("h1").evaluate("e => getComputedStyle(e).color")
    assert max(map(int, re.findall(r"\d+", colour))) < 80
