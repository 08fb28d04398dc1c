"""The text of a module that was handed in: UTF-8 or Latin-1, whatever encoding it names."""

import codecs
import re

CODING = re.compile(rb"\A((?:[ \t\f]*(?:#[^\n]*)?\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*)([-\w.]+)")
"""How a module names its encoding, on its first line or its second (PEP 263)."""
LATIN = {"latin-1", "latin1", "iso-8859-1", "iso8859-1", "cp1252", "iso-8859-15"}
UTF8 = {"utf-8", "utf8", "utf-8-sig"}


def as_utf8(content):
    """Return (a module in UTF-8 with plain line ends, how it was read where it was not UTF-8).

    What decoders a module names is not asked: some take a day for a megabyte.
    """
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if not utf16 else content
    named = CODING.match(content)
    name = named[2].decode().lower().replace("_", "-") if named else "utf-8"
    text, how = decoded(content, utf16, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if named and name not in UTF8:
        text = text[: len(named[1])] + "utf-8" + text[named.end() :]
    return text.encode("utf-8", "replace"), how


def decoded(content, utf16, name):
    """Return (text, how it was read where that is to be told); name: the encoding it names."""
    if utf16:
        return content.decode("utf-16", "replace"), "UTF-16"
    if name in LATIN:
        return content.decode("latin-1"), None
    try:
        text, how = content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        text, how = content.decode("latin-1"), "Latin-1"
    return text, None if (name in UTF8 and how == "UTF-8") else how
