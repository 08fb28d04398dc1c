"""What students hand in: read into memory, or refused by name; never a crash, never a file."""

import gzip
import io
import os
import random
import stat
import tarfile
import zipfile

import pytest

from course import paths
from course.intake.downloads import read_class
from course.intake.ids import safe_id
from course.intake.submission import files_of, read_submission

CODE = b"def svm_loss_naive(): pass\n"


def zipped(path, entries):
    """Write a zip of {name: bytes} and return what becomes of it."""
    with zipfile.ZipFile(path / "them.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return read_submission(path / "them.zip", "them")


def tarred(path, *entries):
    """Write a tarball of (TarInfo, bytes) pairs and return what becomes of it."""
    with tarfile.open(path / "them.tar.gz", "w:gz") as archive:
        for info, content in entries:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return read_submission(path / "them.tar.gz", "them")


def entry(name, kind=tarfile.REGTYPE, linkname=""):
    """Return an entry of a tarball."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, linkname
    return info


def folder(path, **files):
    """Write a folder of modules and return it."""
    package = path / "them" / "starter"
    package.mkdir(parents=True)
    for name, content in files.items():
        (package / f"{name}.py").write_bytes(content)
    return path / "them"


def test_a_folder_a_zip_and_a_tarball_hold_the_same(tmp_path):
    read = [
        read_submission(folder(tmp_path, linear_svm=CODE), "them"),
        zipped(tmp_path, {"them/starter/linear_svm.py": CODE}),
        tarred(tmp_path, (entry("linear_svm.py"), CODE)),
    ]
    assert [s.files for s in read] == [{"linear_svm.py": CODE}] * 3
    assert len({s.sha256 for s in read}) == 1


@pytest.mark.parametrize(
    "name",
    ["../linear_svm.py", "a/../../linear_svm.py", "/etc/linear_svm.py", "..\\linear_svm.py",
     "C:\\linear_svm.py", "c:linear_svm.py", "\\\\host\\share\\linear_svm.py"],
)  # fmt: skip
def test_a_name_that_leads_outside_is_refused(name, tmp_path):
    for read in (zipped(tmp_path, {name: CODE}), tarred(tmp_path, (entry(name), CODE))):
        assert "points outside the submission" in read.problem
        assert read.files == {}


def test_a_link_in_a_zip_is_left_out(tmp_path):
    link = zipfile.ZipInfo("starter/linear_svm.py")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "them.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    problem = read_submission(tmp_path / "them.zip", "them").problem
    assert "linear_svm.py is left out: a link or a device" in problem


@pytest.mark.parametrize("kind", ["SYMTYPE", "LNKTYPE", "CHRTYPE", "BLKTYPE", "FIFOTYPE"])
def test_what_is_no_plain_file_in_a_tarball_is_left_out(kind, tmp_path):
    odd = entry("starter/linear_svm.py", getattr(tarfile, kind), "/etc/passwd")
    assert "linear_svm.py is left out: a link or a device" in tarred(tmp_path, (odd, b"")).problem


@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", "nowhere"])
def test_a_link_in_a_folder_is_left_out_and_named(target, tmp_path):
    them = folder(tmp_path, linear_svm=CODE)
    (them / "starter" / "softmax.py").symlink_to(target)
    (them / "data").symlink_to("/etc")
    found = read_submission(them, "them")
    assert found.files == {"linear_svm.py": CODE}
    assert found.remarks == ["starter/softmax.py is left out: a link"]
    assert found.left_out == [["data", "a link"], ["starter/softmax.py", "a link"]]


def test_a_submission_that_is_a_link_is_refused(tmp_path):
    folder(tmp_path, linear_svm=CODE)
    (tmp_path / "zoe").symlink_to(tmp_path / "them")
    assert [s.problem is None for s in read_class(tmp_path)] == [True, False]


def test_a_pipe_in_a_folder_is_named_and_nobody_waits_at_it(tmp_path):
    them = folder(tmp_path, linear_svm=CODE)
    os.mkfifo(them / "starter" / "softmax.py")
    os.mkfifo(them / "final.zip")
    os.mkfifo(tmp_path / "zoe.zip")
    found = read_submission(them, "them")
    assert set(found.files) == {"linear_svm.py"}
    assert "final.zip is left out: a pipe or a device" in found.remarks
    assert "a pipe or a device" in read_submission(tmp_path / "zoe.zip", "zoe").problem


def test_a_module_that_is_too_large_is_left_out_and_named(tmp_path):
    large = {"starter/linear_svm.py": bytes(2**20 + 1), "starter/softmax.py": CODE}
    found = zipped(tmp_path, large)
    assert found.files == {"softmax.py": CODE}
    assert "starter/linear_svm.py is left out: it is too large" in found.remarks[0]


def test_the_course_s_modules_are_read_before_others_use_up_what_may_be_read(tmp_path):
    files = {f"starter/helper{n:02}.py": bytes(2**20) for n in range(21)}
    found = zipped(tmp_path, {**files, "starter/linear_svm.py": CODE})
    assert found.files["linear_svm.py"] == CODE and len(found.files) == 20
    assert "starter/helper20.py is left out: it is too large" in found.remarks[1]


def test_pictures_and_data_do_not_count_against_limits(tmp_path):
    files = {f"figures/{n}.png": b"" for n in range(6_000)}
    found = zipped(tmp_path, {**files, "data.bin": bytes(2**21), "starter/linear_svm.py": CODE})
    assert found.files == {"linear_svm.py": CODE} and not found.remarks
    assert ["figures/", "6000 files: neither a module nor a notebook"] in found.left_out


def test_more_than_50000_entries_are_refused_and_the_class_goes_on(tmp_path):
    zipped(tmp_path, dict.fromkeys((f"data/{n}" for n in range(50_001)), b""))
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "softmax.py").write_bytes(CODE)
    ada, them = read_class(tmp_path)
    assert not ada.problem
    assert "more than 50000 files" in them.problem


def test_an_archive_of_more_than_100_megabytes_is_not_opened(tmp_path):
    with (tmp_path / "them.zip").open("wb") as sparse:
        sparse.truncate(2**27)
    assert "too large" in read_submission(tmp_path / "them.zip", "them").problem


def test_every_refusal_tells_the_student_what_to_do(tmp_path):
    bad = [{"../x.py": CODE}, {"essay.py": CODE}, {"a.zip": b""}, {"softmax.py": bytes(2**21)}]
    for files in bad:
        assert len(zipped(tmp_path, files).todo) > 10


def test_a_zip_that_unpacks_to_100_megabytes_is_not_unpacked(tmp_path):
    bomb = {"starter/linear_svm.py": CODE, "data.bin": bytes(2**27)}
    assert zipped(tmp_path, bomb).files == {"linear_svm.py": CODE}


def test_a_tarball_that_unpacks_to_100_megabytes_is_refused(tmp_path):
    assert tarred(
        tmp_path, (entry("data.bin"), bytes(2**27)), (entry("linear_svm.py"), CODE)
    ).problem


@pytest.mark.parametrize("name", ["them.zip", "them.tar.gz", "them.tgz"])
@pytest.mark.parametrize(
    "content", [b"", b"not an archive", b"PK\3\4", b"\x1f\x8b\x08" + bytes(50)]
)
def test_what_is_no_archive_is_refused(name, content, tmp_path):
    (tmp_path / name).write_bytes(content)
    assert "cannot be opened as an archive" in read_submission(tmp_path / name, "them").problem


def test_a_zip_that_needs_a_password_is_refused(tmp_path):
    zipped(tmp_path, {"linear_svm.py": CODE})
    data = bytearray((tmp_path / "them.zip").read_bytes())
    for at in (data.index(b"PK\3\4") + 6, data.index(b"PK\1\2") + 8):
        data[at] |= 1
    (tmp_path / "them.zip").write_bytes(data)
    assert "opens with a password only" in read_submission(tmp_path / "them.zip", "them").problem


def test_a_zip_with_a_broken_stream_is_refused(tmp_path):
    zipped(tmp_path, {"linear_svm.py": CODE * 5000})
    data = bytearray((tmp_path / "them.zip").read_bytes())
    data[45:120] = b"\xff" * 75
    (tmp_path / "them.zip").write_bytes(data)
    assert (
        "linear_svm.py is left out: it cannot be read"
        in read_submission(tmp_path / "them.zip", "them").problem
    )


def test_a_tarball_with_a_broken_stream_is_refused(tmp_path):
    text = random.Random(0).randbytes(100_000).hex().encode()
    tarred(tmp_path, (entry("linear_svm.py"), text))
    data = bytearray((tmp_path / "them.tar.gz").read_bytes())
    data[50_000:50_100] = b"\xff" * 100
    (tmp_path / "them.tar.gz").write_bytes(data)
    assert "cannot be opened" in read_submission(tmp_path / "them.tar.gz", "them").problem


def test_a_tarball_cut_short_is_refused(tmp_path):
    tarred(tmp_path, (entry("linear_svm.py"), os.urandom(5000)))
    data = (tmp_path / "them.tar.gz").read_bytes()
    (tmp_path / "them.tar.gz").write_bytes(data[: len(data) // 2])
    assert "cannot be opened" in read_submission(tmp_path / "them.tar.gz", "them").problem


def test_a_header_of_100_megabytes_is_refused_before_it_is_read(tmp_path):
    header = tarfile.TarInfo("header")
    header.type, header.size = tarfile.XHDTYPE, 2**27
    with gzip.open(tmp_path / "them.tar.gz", "wb") as stream:
        stream.write(header.tobuf() + bytes(2**27))
    assert "too large" in read_submission(tmp_path / "them.tar.gz", "them").problem


@pytest.mark.parametrize(
    "name",
    [
        "żółw.py",
        "a b.py",
        "=1+1.py",
        "<script>.py",
        "-rf.py",
        "a\nb.py",
        "x" * 300 + ".py",
        "x\udcff.py",
    ],
)
def test_a_module_with_an_odd_name_can_be_staged_or_is_left_out(name, tmp_path):
    from course.judge.stage import stage_package

    read = tarred(tmp_path, (entry("linear_svm.py"), CODE), (entry(name), CODE))
    assert read.files["linear_svm.py"] == CODE
    assert len(read.sha256) == 64
    stage_package(tmp_path / "package", read.files)


OURS = ("conftest", "sitecustomize", "numpy", "course", "data_utils", "json", "wire", "__main__")


def test_a_module_named_like_one_of_ours_stays_within_the_package(student):
    code = "import json, numpy, struct, sys\ndef f(): return [m.__file__ for m in (json, numpy)]"
    them = student(code)
    for name in OURS:
        (them.package / f"{name}.py").write_text("raise SystemExit('imported')")
        (them.package.parent / f"{name}.pth").write_text("import os; os._exit(1)")
    assert not any("starter" in path for path in them.call("f"))
    assert them.is_calm()


def test_what_is_no_module_is_left_out(tmp_path):
    names = "pytest.ini conftest.txt 1_svm.ipynb evil.pth linear_svm.pyc numpy.so .hidden.py"
    files = {f"starter/{name}": CODE for name in names.split()}
    read = zipped(tmp_path, {**files, "starter/linear_svm.py": CODE})
    assert set(read.files) <= {"linear_svm.py", ".hidden.py"}


def test_a_given_module_is_ours_whatever_was_handed_in(tmp_path):
    from course.judge.stage import stage_package

    stage_package(tmp_path, {"__init__.py": b"1 / 0", "linear_svm.py": CODE})
    package = tmp_path / "starter"
    assert (package / "__init__.py").read_bytes() == (paths.STARTER / "__init__.py").read_bytes()
    assert (package / "linear_svm.py").read_bytes() == CODE
    assert "# TODO" in (package / "softmax.py").read_text()


def test_nothing_of_the_course_is_refused_and_says_what_to_hand_in(tmp_path):
    for files, problem in (({"essay.py": CODE}, "none of the course's"), ({}, "no file in it")):
        read = zipped(tmp_path, files)
        assert problem in read.problem
        assert "hand in `starter`" in read.todo


@pytest.mark.parametrize("name", ["../../x", "<b>", "=cmd()", "a\nb", "żółw", "...", "x" * 500, ""])
def test_an_id_is_safe_in_a_path_in_html_and_in_a_spreadsheet(name):
    assert not set(safe_id(name)) & set("/\\<>=\n\"' ")
    assert safe_id(name)[0].isalnum()
    assert len(safe_id(name)) <= 80


def test_two_submissions_of_one_name_get_ids_of_their_own(tmp_path):
    folder(tmp_path, linear_svm=CODE)
    zipped(tmp_path, {"linear_svm.py": CODE})
    assert [s.id for s in read_class(tmp_path)] == ["them", "them.zip"]


def test_one_that_is_refused_does_not_stop_the_class(tmp_path):
    folder(tmp_path, linear_svm=CODE)
    (tmp_path / "mary.zip").write_bytes(b"not a zip")
    assert [(s.id, s.problem is None) for s in read_class(tmp_path)] == [
        ("mary", False),
        ("them", True),
    ]


@pytest.mark.skipif(not os.getuid(), reason="root may read everything")
def test_what_may_not_be_read_is_named(tmp_path):
    them = folder(tmp_path, linear_svm=CODE, softmax=CODE)
    (them / "starter" / "softmax.py").chmod(0)
    (said,) = read_submission(them, "them").remarks
    assert "softmax.py is left out: it cannot be read: [Errno 13] Permission denied" in said


def test_the_files_of_a_class_are_read_when_they_are_asked_for(tmp_path):
    path = folder(tmp_path, linear_svm=CODE)
    (them,) = read_class(tmp_path)
    assert them.files == {}
    assert files_of(them) == {"linear_svm.py": CODE}
    assert them.sha256 == read_submission(path, "them").sha256


def test_files_that_changed_since_the_class_was_read_are_not_graded(tmp_path):
    path = folder(tmp_path, linear_svm=CODE)
    (them,) = read_class(tmp_path)
    (path / "starter" / "linear_svm.py").write_bytes(b"another = True")
    with pytest.raises(OSError, match="it has changed since the class was read"):
        files_of(them)
