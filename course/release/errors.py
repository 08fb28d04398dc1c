"""Why a release cannot be made."""


class ReleaseError(Exception):
    """A release cannot be made; the message says what to do."""


def require_new(dest):
    """Raise ReleaseError unless `dest` is a new folder, or an empty one."""
    if dest.exists() and (not dest.is_dir() or any(dest.iterdir())):
        raise ReleaseError(f"{dest} is not empty; give a new folder")
