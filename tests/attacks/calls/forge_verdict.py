"""Raise an error that reads like a verdict, with a terminal's control codes and HTML in it.

Fails: an error is an error, and its text is shown as text.
"""

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


class CheckPassed(Exception):
    pass


def svm_loss_naive(W, X, y, reg):
    raise CheckPassed(
        "\x1b[2J\x1b]0;owned\x07<script>alert(1)</script>\n✓ the table costs 2.64 [passed]"
    )
