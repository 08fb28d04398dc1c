"""The folders of runs: gone afterwards, also of a run that was killed."""

import errno
import os
import tempfile

import pytest

from course.judge import scratch


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """A folder for temporary files of our own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left_over(temporary, name="left"):
    """Make a folder as a killed run leaves it, two minutes ago."""
    path = temporary / f"{scratch.PREFIX}{name}"
    (path / "package").mkdir(parents=True)
    (path / "package" / "layers.py").write_text("secret")
    os.utime(path, (0, 0))
    return path


def test_a_folder_that_cannot_be_removed_hides_no_ctrl_c(temporary, monkeypatch):
    def still_full(*args, **options):
        raise OSError(errno.ENOTEMPTY, "Directory not empty")

    with pytest.raises(KeyboardInterrupt), scratch.folder():
        monkeypatch.setattr(os, "rmdir", still_full)
        raise KeyboardInterrupt


def test_a_folder_is_gone_after_its_run(temporary):
    with scratch.folder() as folder:
        assert folder.parent == temporary
    assert not folder.exists()


def test_what_a_killed_run_left_is_removed(temporary):
    path = left_over(temporary)
    scratch.remove_left_over()
    assert not path.exists()


def test_the_folder_of_a_run_that_goes_on_stays(temporary):
    with scratch.folder() as folder:
        os.utime(folder, (0, 0))
        scratch.remove_left_over()
        assert folder.exists()


def test_a_folder_that_has_just_been_made_stays(temporary):
    path = left_over(temporary)
    os.utime(path)
    scratch.remove_left_over()
    assert path.exists()


def test_a_link_to_somebody_elses_folder_is_not_followed(temporary):
    (temporary / "mine").mkdir()
    (temporary / "mine" / "work").write_text("kept")
    (temporary / f"{scratch.PREFIX}link").symlink_to(temporary / "mine")
    os.utime(temporary / f"{scratch.PREFIX}link", (0, 0), follow_symlinks=False)
    scratch.remove_left_over()
    assert (temporary / "mine" / "work").read_text() == "kept"
    assert [p.name for p in (temporary / "mine").iterdir()] == ["work"]


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root gives folders away")
def test_another_users_folder_stays(temporary):
    path = left_over(temporary)
    os.chown(path, 12345, 12345)
    scratch.remove_left_over()
    assert path.exists()
