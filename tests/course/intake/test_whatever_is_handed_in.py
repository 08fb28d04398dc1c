"""Whatever is handed in: nothing is ignored in silence."""

import csv
import io
import json
import os
import random
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from course import notebook, paths, stubs
from course.intake.downloads import read_class
from course.intake.submission import files_of, read_submission
from course.judge.jobs import not_run
from course.outcome import Row
from course.report import exports, moodle, pages
from course.report.rows import FROM_SUBMISSION
from course.stubs import package_texts

STUBS = {name: text.encode() for name, text in stubs.package().items()}
SOLVED = {name: text.encode() for name, text in package_texts(paths.SOLUTIONS).items()}
SVM = SOLVED["linear_svm.py"]
LAYOUTS = Path(__file__).with_name("layouts")
MOODLE = "Roe Jane_502_assignsubmission_file_"


def written(folder, files):
    """Write {path: bytes} into a folder and return it."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def zipped(files):
    """Return the bytes of a zip of {name: bytes}."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def within(place, files):
    """Return files with their names below a folder."""
    return {f"{place}/{name}": content for name, content in files.items()}


def one_of(folder):
    """Return the one Submission of a class."""
    (found,) = read_class(folder)
    assert not found.problem, found.problem
    return found


def of_class(tmp_path, files):
    """Return the one Submission of a class that lies so."""
    return one_of(written(tmp_path / "class", files))


def test_stubs_beside_an_archive_do_not_hide_it(tmp_path):
    final = {f"{MOODLE}/final.zip": zipped(within("starter", SOLVED))}
    found = of_class(tmp_path, within(f"{MOODLE}/starter", STUBS) | final)
    assert files_of(found)["linear_svm.py"] == SVM


def test_a_loose_module_counts_beside_an_archive_of_stubs(tmp_path):
    files = {
        "roe_502_9003_submission.zip": zipped(within("starter", STUBS)),
        "roe_502_9004_linear_svm.py": SVM,
    }
    assert files_of(of_class(tmp_path, files))["linear_svm.py"] == SVM


def test_loose_modules_count_beside_an_archive_of_pictures(tmp_path):
    files = {
        "kim_602_8190_figures.zip": zipped({"a.png": b"", "b.png": b""}),
        "kim_602_8191_linear_svm.py": SVM,
        "kim_602_8192_softmax.py": SOLVED["softmax.py"],
    }
    found = files_of(of_class(tmp_path, files))
    assert found == {"linear_svm.py": SVM, "softmax.py": SOLVED["softmax.py"]}


def test_archives_that_belong_together_are_put_together(tmp_path):
    files = {
        "kim_602_8001_starter.zip": zipped(within("starter", SOLVED)),
        "kim_602_8002_assignments.zip": zipped({"assignments/1_svm.ipynb": b'{"cells": []}'}),
    }
    found = of_class(tmp_path, files)
    assert files_of(found)["linear_svm.py"] == SVM and not found.remarks
    assert found.replaced[-1] != found.left_out
    assert any("1_svm.ipynb" in path for path in found.replaced)


COPIES = [
    *("linear_svm (1).py", "linear_svm-1.py", "linear_svm.py.txt", "LINEAR_SVM.PY"),
    *("linear_svm_final.py", "linear_svm - Copy.py", "Copy of linear_svm.py", "my_linear_svm.py"),
]


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_in_which_more_is_written_counts_and_it_is_told(name, tmp_path):
    files = within("ada/starter", STUBS) | {f"ada/starter/{name}": SVM}
    found = of_class(tmp_path, files)
    assert files_of(found)["linear_svm.py"] == SVM
    assert "linear_svm.py" in "; ".join([*found.remarks, str(found.used)])


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_that_says_otherwise_is_named_when_it_does_not_count(name, tmp_path):
    files = within("ada/starter", SOLVED) | {f"ada/starter/{name}": SVM + b"# otherwise\n"}
    found = of_class(tmp_path, files)
    assert files_of(found)["linear_svm.py"] == SVM
    assert f"starter/{name} is left out: starter/linear_svm.py counts" in found.remarks[0]


@pytest.mark.parametrize("junk", ["venv", ".venv", "my env"])
def test_a_virtual_environment_is_set_aside(junk, tmp_path):
    library = {f"ada/{junk}/lib/python3.11/m{n}.py": b"x" * 10_000 for n in range(3_000)}
    files = {**library, f"ada/{junk}/pyvenv.cfg": b"", **within("ada/starter", SOLVED)}
    found = of_class(tmp_path, files)
    assert files_of(found)["linear_svm.py"] == SVM and not found.remarks


def test_a_virtual_environment_around_the_package_does_not_hide_it(tmp_path):
    files = within("ada/starter", SOLVED) | {"ada/pyvenv.cfg": b"", "ada/bin/x.py": b""}
    assert files_of(of_class(tmp_path, files))["linear_svm.py"] == SVM


def test_a_clone_with_a_link_outside_of_the_package_is_read(tmp_path):
    written(tmp_path / "class", within("ada/starter", SOLVED))
    (tmp_path / "class" / "ada" / "data").symlink_to("/etc")
    found = one_of(tmp_path / "class")
    assert files_of(found)["linear_svm.py"] == SVM
    assert ["data", "a link"] in found.left_out


TARS = {"tar": "w", "tar.gz": "w:gz", "tgz": "w:gz", "tar.xz": "w:xz", "tar.bz2": "w:bz2"}


@pytest.mark.parametrize("kind", TARS)
def test_tarballs_of_every_kind_are_read(kind, tmp_path):
    (tmp_path / "class" / MOODLE).mkdir(parents=True)
    with tarfile.open(tmp_path / "class" / MOODLE / f"my.{kind}", TARS[kind]) as archive:
        info = tarfile.TarInfo("starter/linear_svm.py")
        info.size = len(SVM)
        archive.addfile(info, io.BytesIO(SVM))
    assert files_of(one_of(tmp_path / "class")) == {"linear_svm.py": SVM}


def test_a_tarball_that_a_browser_unpacked_is_what_it_holds_not_what_it_is_called(tmp_path):
    with tarfile.open(tmp_path / "ada.tar.gz", "w") as archive:
        info = tarfile.TarInfo("starter/linear_svm.py")
        info.size = len(SVM)
        archive.addfile(info, io.BytesIO(SVM))
    assert files_of(read_submission(tmp_path / "ada.tar.gz", "ada")) == {"linear_svm.py": SVM}


def seven(path, password=None, header=False):
    """Write a 7z with one module."""
    import py7zr

    with py7zr.SevenZipFile(path, "w", password=password, header_encryption=header) as archive:
        archive.writestr(SVM, "starter/linear_svm.py")


def test_a_7z_is_read(tmp_path):
    seven(tmp_path / "ada.7z")
    assert files_of(read_submission(tmp_path / "ada.7z", "ada")) == {"linear_svm.py": SVM}


@pytest.mark.parametrize("header", [False, True])
def test_an_encrypted_7z_gets_its_own_sentence(header, tmp_path):
    seven(tmp_path / "ada.7z", "secret", header)
    assert "opens with a password only" in read_submission(tmp_path / "ada.7z", "ada").problem


@pytest.mark.parametrize("name", ["my.rar", "my.zip"])
def test_a_rar_gets_its_own_sentence_whatever_it_is_called(name, tmp_path):
    files = {f"{MOODLE}/{name}": b"Rar!\x1a\x07\x01\x00" + bytes(50)}
    (found,) = read_class(written(tmp_path / "class", files))
    assert "is an archive of a kind that is not opened, such as .rar" in found.problem
    assert ".zip" in found.todo and not found.remarks


@pytest.mark.parametrize(
    "files, problem",
    [
        ({}, "there is no file in it"),
        ({"1_svm.ipynb": b'{"cells": []}'}, "there are notebooks in it alone"),
        ({"essay.txt": b""}, "none of the course's"),
        ({"a.zip": zipped({"b.zip": zipped({})})}, "it holds another archive"),
    ],
)
def test_each_kind_of_nothing_has_its_own_sentence(files, problem, tmp_path):
    (tmp_path / "ada").mkdir()
    assert problem in read_submission(written(tmp_path / "ada", files), "ada").problem


def test_answers_in_a_notebook_alone_are_kept(tmp_path):
    document = notebook.read(paths.notebooks()[0])
    document["cells"].append({"cell_type": "markdown", "source": "A note.", "id": "x"})
    files = {"1_svm.ipynb": json.dumps(document).encode()}
    found = read_submission(written(tmp_path / "ada", files), "ada")
    assert found.problem and found.unplaced == [{"notebook": "1_svm", "answer": "A note."}]


def test_modules_in_folders_of_the_package_belong_to_it(tmp_path):
    files = {"ada/starter/linear_svm.py": SVM, "ada/starter/utils/tools.py": b"x = 1\n"}
    found = of_class(tmp_path, files)
    assert files_of(found)["utils/tools.py"] == b"x = 1\n"


def test_a_changed_given_module_is_told_and_an_unchanged_one_is_not(tmp_path):
    files = within("ada/starter", STUBS) | {"ada/starter/solver.py": b"changed = True\n"}
    found = of_class(tmp_path, files)
    said = "the course's own files take the place of what was given: starter/solver.py"
    assert found.remarks == [said]
    assert "starter/solver.py" in found.replaced and "starter/layer_utils.py" in found.replaced


def layout(kind):
    """Return ({path: bytes}, [{column: value} of each student]) of a bulk download in layouts/."""
    files = {path.name: path.read_bytes() for path in (LAYOUTS / kind).iterdir()}
    people = csv.DictReader(files.pop("people.csv").decode().splitlines())
    for path in files.pop("paths.txt").decode().splitlines():
        module = next((SOLVED[name] for name in SOLVED if path.endswith(name)), b"A note.")
        files[path] = zipped(within("starter", SOLVED)) if path.endswith(".zip") else module
    return files, list(people)


@pytest.mark.parametrize("kind", ["canvas", "moodle", "gradescope"])
def test_a_bulk_download_says_who_handed_in_and_who_was_late(kind, tmp_path):
    files, people = layout(kind)
    found = read_class(written(tmp_path / "class", files))
    for submission, expected in zip(found, people, strict=True):
        assert expected.pop("late") == ("yes" if "late" in submission.remarks else "no")
        assert {name: getattr(submission, name) for name in expected} == expected


@pytest.mark.parametrize("kind", ["canvas", "moodle", "gradescope"])
@pytest.mark.parametrize("shape", ["unpacked", "one folder down", "zip", "zip in a folder"])
def test_a_bulk_download_is_taken_as_it_comes(kind, shape, tmp_path):
    files, _ = layout(kind)
    place = tmp_path / "class"
    if shape == "unpacked":
        written(place, files)
    elif shape == "one folder down":
        written(place / "submissions", files)
    else:
        place = place / "all.zip" if shape == "zip" else place
        target = place if shape == "zip" else place / "all.zip"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(zipped(files))
    found = read_class(place)
    assert len(found) == 3
    for each in found:
        assert not each.problem and files_of(each)["linear_svm.py"] == SVM


def test_what_looks_like_a_class_and_is_given_as_one_student_is_asked_about(tmp_path):
    files = {
        f"2026/{name}/starter/linear_svm.py": SVM + name.encode() for name in ("# a", "# b", "# c")
    }
    (found,) = read_class(written(tmp_path / "class", files))
    assert "it looks like a class of 3" in found.problem
    assert f"course grade {tmp_path}/class/2026 --out" in found.todo


def test_gradescope_s_metadata_say_who_was_late(tmp_path):
    files, _ = layout("gradescope")
    files["submission_metadata.yml"] += b"  :due_date: 2026-11-01\n"
    found = read_class(written(tmp_path / "class", files))
    assert ["late" in each.remarks for each in found] == [False, False, True]


def test_a_list_of_people_that_refers_to_itself_for_ever_stops_nobody(tmp_path):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    lines += ["submission_1:", "  :submitters:", "  - :name: *a11"]
    files = {
        "submission_1/linear_svm.py": SVM,
        "submission_metadata.yml": "\n".join(lines).encode(),
    }
    (found,) = read_class(written(tmp_path / "class", files))
    assert files_of(found) == {"linear_svm.py": SVM}
    assert "who handed it in is not known" in found.remarks[0]


JUNK = ["figures/a.png", "data.npz", ".git/HEAD", "__pycache__/optim.pyc", "notes.txt", "README.md"]
PLACES = ["starter", "", "old", "final/starter", "deep/er/starter", "cs231n"]
NAMES = ["linear_svm.py", "linear_svm (1).py", "LINEAR_SVM.PY", "softmax.py", "softmax-2.py"]
NAMES += ["optim.py", "optim_final.py", "optim.py.txt", "helper.py", "solver.py", "a b.py"]


def random_mixture(rng):
    """Return {path: bytes} of folders, archives, copies, names and junk."""
    files = {}
    for place in rng.sample(PLACES, rng.randint(1, 3)):
        for name in rng.sample(NAMES, rng.randint(1, 6)):
            ours = next(
                (n for n in SOLVED if PurePosixPath(name).stem.lower().startswith(n[:-3])), ""
            )
            content = rng.choice([SOLVED, STUBS]).get(ours, b"x = 1\n")
            content += rng.choice([b"", b"", b"# %d\n" % rng.randint(0, 3)])
            files[f"{place}/{name}".lstrip("/")] = content
    for name in rng.sample(JUNK, 3):
        files[name] = b""
    if rng.random() < 0.5:
        inner = rng.sample(sorted(files), len(files) // 2)
        files["more.zip"] = zipped({name: files.pop(name) for name in inner})
    return files


def listed(files):
    """Return {path: bytes} with an archive's files in its place."""
    found = dict(files)
    if "more.zip" in found:
        with zipfile.ZipFile(io.BytesIO(found.pop("more.zip"))) as archive:
            found |= {f"more.zip/{name}": archive.read(name) for name in archive.namelist()}
    return found


@pytest.mark.parametrize("seed", range(60))
def test_every_file_of_a_random_mixture_is_accounted_for(seed, tmp_path):
    files = random_mixture(random.Random(seed))
    found = read_submission(written(tmp_path / "ada", files), "ada")
    exact = {path for path, _ in found.used} | set(found.replaced)
    exact |= {path for path, _ in found.left_out}
    for path in listed(files):
        assert path in exact or any(path.startswith(one) for one in exact if one.endswith("/"))
    for path, reason in found.left_out:
        name = PurePosixPath(path).name.lower()
        task = next((n for n in ("linear_svm", "softmax", "optim") if name.startswith(n)), None)
        content = listed(files).get(path, b"")
        differs = content.strip() != STUBS.get(f"{task}.py", content).strip()
        same = reason.startswith("the same as") or content in files_values(found)
        stub = b"raise NotImplementedError(" in content
        if task and differs and not same and not stub and not found.problem:
            assert any(path in said or place_in(path, said) for said in found.remarks), (
                path,
                reason,
            )


def files_values(found):
    """Return the contents of the modules that count."""
    return set(found.files.values())


def place_in(path, said):
    """Tell whether a remark names the folder of a path."""
    folder = str(PurePosixPath(path).parent)
    return f"`{folder}`" in said or (folder == "." and "outside of any folder" in said)


def test_the_newest_counts_when_as_much_is_written(tmp_path):
    folder = written(tmp_path / "ada", {"a.zip": b"", "b.zip": b""})
    (folder / "a.zip").write_bytes(zipped({"starter/linear_svm.py": SVM + b"# a\n"}))
    (folder / "b.zip").write_bytes(zipped({"starter/linear_svm.py": SVM + b"# b\n"}))
    os.utime(folder / "b.zip", (1, 1))
    assert read_submission(folder, "ada").files["linear_svm.py"].endswith(b"# a\n")


def test_a_refusal_is_told_once(tmp_path):
    row = Row("ada", [not_run(check, "") for check in notebook.checks(paths.notebooks()[0])])
    row.problem, row.todo = "there is no file in it", "hand in `starter`"
    row.outcomes = [replace(outcome, message=row.problem) for outcome in row.outcomes]
    pages.write_report(tmp_path, [row], 1, formats=exports.FORMATS)
    results = json.dumps(exports.results(row))
    page = (tmp_path / "feedback" / "ada.html").read_text()
    for text in (page, moodle.feedback(row), results):
        assert text.count("there is no file in it") == 1


def test_what_became_of_each_file_stands_folded_on_the_student_s_page(tmp_path):
    files = within("ada/starter", SOLVED) | {"ada/a.png": b"", "ada/old/linear_svm.py": SVM + b"#"}
    found = of_class(tmp_path, files)
    row = Row("ada", **{name: getattr(found, name) for name in FROM_SUBMISSION if name != "id"})
    pages.write_report(tmp_path, [row], 1)
    page = (tmp_path / "feedback" / "ada.html").read_text()
    assert "The files that were handed in" in page
    assert "left out: neither a module nor a notebook" in page
    assert "`old` is left out (linear_svm.py)" in page.split("<details")[0]
    assert "ada</a> *" in (tmp_path / "index.html").read_text()
