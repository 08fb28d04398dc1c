"""What may stand in a spreadsheet's cell."""


def safe(text):
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def points(number):
    """Return points as people write them: 2 rather than 2.0."""
    return f"{number:g}"
