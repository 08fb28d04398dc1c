"""What the columns of a roster hold, whoever exported it and in whichever language."""

import re

from ..intake.tables import TableError
from ..intake.worksheet import is_worksheet, time_heading

WORDS = {
    "name": "name names student studentname fullname displayname vollständigername nomcomplet"
    " nomprénom nombrecompleto nombrecompletodelusuario nomecompleto nomecognome volledigenaam",
    "first": "first firstname givenname forename preferredfirstname vorname prénom nombre nome"
    " voornaam",
    "last": "last lastname surname familyname nachname nom nomdefamille apellido apellidos"
    " apellidosa cognome achternaam sobrenome apelido",
    "email": "email emailaddress mail",
    "canvas": "canvas canvasid canvasuserid",
    "sis": "sis sisid sisuserid",
    "login": "login loginid sisloginid username anmeldename",
    "moodle": "moodle moodleid participant participantnumber identifier",
    "sid": "sid gradescope gradescopesid",
    "number": "idnumber studentnumber studentid matrikelnummer matriculationnumber",
    "group": "group groups groupname team gruppe gruppen groupe groupes grupo grupos gruppo groep",
    "submission": "submissionid",
    "time": "submissiontime",
    "id": "submission",
}
"""{what a column holds: its headings, small, without blanks and signs}."""

FIELDS = {word: field for field, words in WORDS.items() for word in words.split()}
MAIL = re.compile("mail|courriel|correo")
WHO = ("name", "last", "email", "canvas", "sis", "login", "moodle", "sid", "number", "id")


def fields_of(table):
    """Return {field of WORDS: heading} of a Table, or raise TableError if it tells no person."""
    found: dict = {}
    for heading in table.headings:
        field = field_of(heading)
        if field:
            found.setdefault(field, heading)
    by_place(table, found)
    if not set(WHO) & found.keys():
        seen = ", ".join(table.headings)
        todo = "a column such as name, email, canvas, sis, moodle or sid"
        raise TableError(
            f"{table.name}, line 1: no column says who is who: {seen}; expected: {todo}"
        )
    return found


def field_of(heading):
    """Return the field that a heading names, None if it is none of WORDS."""
    word = re.sub(r"[\W_]+", "", heading.casefold())
    return FIELDS.get(word) or ("email" if MAIL.search(word) else None)


def by_place(table, found):
    """Add the fields that a platform's own export has, whatever their headings say."""
    words = {heading.casefold(): heading for heading in table.headings}
    if "id" in words and ({"sis", "login"} & found.keys() or "student" in words):
        found.setdefault("canvas", words["id"])
    elif "id" in words and "moodle" not in found:
        found.setdefault("id", words["id"])
    if "canvas" in found and "user_id" in words:
        found.setdefault("sis", words["user_id"])
    if is_worksheet(table):
        first, second = table.headings[:2]
        found |= {"moodle": first, "name": found.get("name", second)}
        found["time"] = time_heading(table) or first
        if found.get("id") == first:
            del found["id"]
