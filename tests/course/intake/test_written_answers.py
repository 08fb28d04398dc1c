"""Written answers are found wherever a person puts them, and what cannot be placed is shown."""

import copy
import json
import zipfile

import pytest

from course import notebook as notebooks
from course import paths
from course.intake import own_notebooks, written_answers
from course.intake.submission import read_submission

NAME = paths.notebooks()[0].stem
QUESTIONS = own_notebooks.questions()[NAME]


def notebook(*texts):
    """Return the bytes of a notebook with markdown cells."""
    cells = [{"cell_type": "markdown", "metadata": {}, "source": text} for text in texts]
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}).encode()


def asked(number):
    """Return the text of a cell that asks one of the course's questions."""
    folded = "<details><summary>Answer</summary>\n\nNine.\n</details>"
    return f"**To think about.** {QUESTIONS[number - 1]}\n\n{folded}"


def found(*texts):
    """Return {question: answer} of what is written in a notebook with these cells."""
    return written_answers.of_file(f"{NAME}.ipynb", notebook(*texts))[1]


@pytest.mark.parametrize("mark", ["Answer:", "**Answer:**", "answer: ", "*Answer*:"])
def test_a_cell_below_a_question_that_begins_with_answer_is_one(mark):
    assert found(asked(2), f"{mark} It starts\n\nat 9.") == {2: "It starts\n\nat 9."}


def test_an_answer_may_end_the_question_s_own_cell():
    assert found(asked(1) + "\n\nAnswer: about 9") == {1: "about 9"}


def test_each_answer_belongs_to_the_last_question_above_it():
    texts = [asked(3), "Answer: three", "Prose.", asked(1), "Answer: one", "Answer: and more"]
    assert found(*texts) == {1: "one\n\nand more", 3: "three\n\nProse."}


def test_the_course_s_own_answers_are_nobody_s():
    for path in paths.notebooks():
        assert written_answers.of_file(path.name, path.read_bytes()) == (path.stem, {}, [])


def test_what_stands_below_no_question_of_ours_is_no_answer():
    content = notebook("Answer: 1", "**To think about.** Why?", "Answer: 2")
    said = (NAME, {}, ["Answer: 1", "Answer: 2"])
    assert written_answers.of_file(f"{NAME}.ipynb", content) == said


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b'{"cells": 3}', b'{"cells": [{}]}', b"[" * 10_000, b"\xff\xfe"]
)
def test_a_notebook_that_cannot_be_read_is_remarked_and_stops_nothing(content, tmp_path):
    with zipfile.ZipFile(tmp_path / "ada.zip", "w") as archive:
        archive.writestr("starter/softmax.py", "x = 1")
        archive.writestr(f"assignments/{NAME}.ipynb", content)
    read = read_submission(tmp_path / "ada.zip", "ada")
    assert read.files
    assert "cannot be read as a notebook" in read.remarks[0]


def own_document():
    """Return the first notebook as it is, to be written in."""
    return copy.deepcopy(notebooks.read(paths.notebooks()[0]))


def place_of(document, number):
    """Return where the cell is that asks a question."""
    asked_in = own_notebooks.own(NAME).asked_in
    return next(n for n, cell in enumerate(document["cells"]) if number in asked_in[cell["id"]])


def cell(text, kind="markdown"):
    """Return a cell that the course's notebook has not."""
    return {"cell_type": kind, "metadata": {}, "source": text, "id": "theirs"}


def written_in(document, name=f"{NAME}.ipynb"):
    """Return what is found in a notebook."""
    return written_answers.of_file(name, json.dumps(document).encode())


LABELS = [
    *(
        "",
        "Answer: ",
        "## Answer\n\n",
        "- Answer: ",
        "Answer 1: ",
        "Answer\uff1a",
        "**My answer**: ",
    ),
    *("ANSWER - ", "> Answer: ", "answer\n", "**Answer 5.** ", "### My answer to question 2\n"),
]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("after", [0, 1], ids=["above", "below"])
def test_an_answer_is_found_above_and_below_its_question_with_any_label_or_none(label, after):
    document = own_document()
    document["cells"].insert(
        place_of(document, 2) + after, cell(f"{label}It grows with the margin.")
    )
    assert written_in(document) == (NAME, {2: "It grows with the margin."}, [])


@pytest.mark.parametrize(
    "code",
    ["# Answer: it grows", "# it grows", '"""it grows"""', "Answer: it grows", "it grows, I think"],
)
def test_an_answer_in_a_code_cell_is_found(code):
    document = own_document()
    document["cells"].insert(place_of(document, 2) + 1, cell(code, "code"))
    (answer,) = written_in(document)[1].values()
    assert answer.startswith("it grows")


def test_an_answer_with_a_label_in_one_of_the_course_s_own_code_cells_is_found():
    document = own_document()
    place = place_of(document, 2)
    later = next(c for c in document["cells"][place:] if c["cell_type"] == "code")
    later["source"] = "".join(later["source"]) + "\n# Answer: it grows\n# with the margin"
    assert written_in(document)[1] == {2: "it grows\nwith the margin"}


def test_code_that_a_student_tries_is_no_answer():
    document = own_document()
    document["cells"].insert(
        place_of(document, 2) + 1, cell("W = np.zeros((3, 4))\nprint(W)", "code")
    )
    assert written_in(document)[1:] == ({}, [])


@pytest.mark.parametrize("behind", [" Nine.", "\nNine.", "\n\nNine."])
def test_an_answer_within_the_question_s_cell_is_found(behind):
    document = own_document()
    asking = document["cells"][place_of(document, 3)]
    text = "".join(asking["source"])
    question = own_notebooks.QUESTION.search(text)
    asking["source"] = text[: question.end()] + behind + text[question.end() :]
    assert written_in(document)[1] == {3: "Nine."}


def test_a_changed_word_in_a_question_does_not_hide_its_answer():
    document = own_document()
    asking = document["cells"][place_of(document, 1)]
    asking["source"] = "".join(asking["source"]).replace("tiny", "small")
    document["cells"].insert(place_of(document, 1) + 1, cell("Nine."))
    assert written_in(document)[1:] == ({1: "Nine."}, [])


@pytest.mark.parametrize("changed", [False, True])
def test_cells_without_ids_are_matched_by_their_text(changed):
    document = own_document()
    place = place_of(document, 4)
    document["cells"].insert(place + 1, cell("One blend."))
    for each in document["cells"]:
        del each["id"]
    if changed:
        asking = document["cells"][place]
        asking["source"] = "".join(asking["source"]).replace("typical", "usual")
    assert written_in(document)[1:] == ({4: "One blend."}, [])


NAMES = [
    *("1_svm (1).ipynb", "1_svm-Copy1.ipynb", "1_svm_ada.ipynb", "1_svm-1.ipynb", "homework.ipynb"),
    *("ada 1_SVM.ipynb", "1_svm.ipynb.txt"),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_known_by_its_cells_or_its_name(name, tmp_path):
    document = own_document()
    document["cells"].insert(place_of(document, 1) + 1, cell("Nine."))
    with zipfile.ZipFile(tmp_path / "ada.zip", "w") as archive:
        archive.writestr("starter/softmax.py", "x = 1")
        archive.writestr(name, json.dumps(document))
    (answer,) = read_submission(tmp_path / "ada.zip", "ada").answers
    assert (answer["notebook"], answer["question"], answer["answer"]) == (NAME, 1, "Nine.")


def test_what_answers_no_question_is_shown_as_unplaced():
    document = own_document()
    document["cells"].insert(1, cell("I worked with Zoë on this."))
    assert written_in(document)[1:] == ({}, ["I worked with Zoë on this."])


def test_of_two_copies_that_differ_the_one_with_more_answers_counts_and_it_is_told(tmp_path):
    one, other = own_document(), own_document()
    one["cells"].insert(place_of(one, 1) + 1, cell("Nine."))
    other["cells"].insert(place_of(other, 2) + 1, cell("It starts at nine."))
    other["cells"].insert(place_of(other, 1) + 1, cell("Ten."))
    with zipfile.ZipFile(tmp_path / "ada.zip", "w") as archive:
        archive.writestr("starter/softmax.py", "x = 1")
        archive.writestr("1_svm.ipynb", json.dumps(one))
        archive.writestr("1_svm (1).ipynb", json.dumps(other))
    read = read_submission(tmp_path / "ada.zip", "ada")
    assert [a["answer"] for a in read.answers] == ["Ten.", "It starts at nine."]
    assert read.unplaced == [{"notebook": NAME, "answer": "Nine."}]
    (said,) = read.remarks
    assert "question 1: 1_svm (1).ipynb counts, 1_svm.ipynb says something else" in said


def test_answers_beside_an_archive_are_found(tmp_path):
    document = own_document()
    document["cells"].insert(place_of(document, 1) + 1, cell("Nine."))
    folder = tmp_path / "Ada_815_assignsubmission_file_"
    folder.mkdir()
    (folder / "1_svm.ipynb").write_text(json.dumps(document))
    with zipfile.ZipFile(folder / "starter.zip", "w") as archive:
        archive.writestr("starter/softmax.py", "x = 1")
    assert [a["answer"] for a in read_submission(folder, "ada").answers] == ["Nine."]


@pytest.mark.parametrize("path", paths.notebooks(), ids=lambda path: path.stem)
def test_every_question_says_in_its_heading_what_an_answer_can_earn(path):
    most = own_notebooks.max_points(path.stem)
    assert len(most) == len(own_notebooks.own(path.stem).questions)
    assert min(most) > 0


@pytest.mark.parametrize("path", paths.notebooks(), ids=lambda path: path.stem)
def test_a_question_ends_its_cell_so_that_an_answer_can_stand_right_below_it(path):
    cells = ["".join(cell["source"]) for cell in notebooks.read(path)["cells"]]
    asked = [cell.partition("**To think about")[2] for cell in cells]
    assert all(text.rstrip().endswith("</details>") for text in asked if text)
    assert all(text.count("</details>") == 1 for text in asked if text)


def test_an_older_copy_whose_questions_have_no_points_is_read_the_same():
    question = QUESTIONS[1]
    for heading in ("**To think about.**", "**To think about (2 points).**"):
        assert found(f"{heading} {question}\n\nAnswer: 9") == {2: "9"}


def test_the_course_s_own_answer_is_found_below_its_question():
    assert "about $C - 1 = 9$" in own_notebooks.model_answers(NAME)[QUESTIONS[0]]
