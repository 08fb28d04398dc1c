"""The page of messages is complete, and its rule for what a message is does what it says."""

from tools.messages import PAGE, messages, page


def test_the_page_of_messages_is_as_the_code_has_it():
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make messages`, and read what is new"


def test_a_message_is_a_string_of_three_words_or_more():
    assert messages("f('go on'); g('look at this'); x = 'and at that'") == [
        "look at this",
        "and at that",
    ]


def test_what_is_put_in_stands_in_braces():
    assert messages("f(f'{n:.3g} of {len(x)} are wrong')") == ["{n} of {len(x)} are wrong"]


def test_parts_of_a_string_are_one_message():
    assert messages("f('one thing ' 'and\\n another')") == ["one thing and another"]


def test_docstrings_keys_and_code_are_no_messages():
    source = '''
def f():
    """Do one thing."""
    return {"a key of words": 1}, "import numpy as np", "dW = dW + reg * W", "a b|c d words"
'''
    assert messages(source) == []
    assert messages("{'the part of W1': 1}", keys=True) == ["the part of W1"]
