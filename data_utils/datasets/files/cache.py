"""Download a file once, check that it is whole, and keep it."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

import pooch


@dataclass(frozen=True)
class Source:
    """A file on the web, and the md5 checksum of the whole file.

    mirror: a second address of the same file, to try where the first fails.
    folder: the folder in the cache that the file is kept in.
    stand_in: what to call instead where it cannot be had.
    """

    url: str
    md5: str
    mirror: str = ""
    folder: str = ""
    stand_in: str = "get_picture_book_data()"

    @property
    def filename(self):
        """Return the last part of the address."""
        return self.url.rsplit("/", 1)[-1]


def cache_folder():
    """Return the folder where downloads are kept; the environment variable COURSE_DATA moves it."""
    moved = os.environ.get("COURSE_DATA")
    return Path(moved or pooch.os_cache("deep-learning-from-scratch")).expanduser()


def fetch(source):
    """Return the path of a downloaded file, downloading it only if a whole one is not there yet.

    An interrupted download leaves nothing behind that could be taken for the file: the next call
    starts again.

    source: a Source.
    Raises OSError, which says what to do by hand, if the file cannot be had or is the wrong one.
    """
    folder = cache_folder() / source.folder
    try:
        return Path(
            pooch.retrieve(
                source.url,
                known_hash=f"md5:{source.md5}",
                fname=source.filename,
                path=folder,
                progressbar=True,
            )
        )
    except (OSError, ValueError) as error:
        if source.mirror:
            return fetch(replace(source, url=source.mirror, mirror=""))
        raise OSError(_what_to_do(source, folder, error)) from error


def _what_to_do(source, folder, error):
    problem = "could not be downloaded"
    if not isinstance(error, OSError):
        problem = "arrived, but is not the right file (wrong checksum)"
    return (
        f"{source.url} {problem}: {error}\n"
        f"What to do: try again; or download it by hand and put it at {folder / source.filename} "
        f"(md5 {source.md5}); or go on without it: {source.stand_in} needs no download."
    )
