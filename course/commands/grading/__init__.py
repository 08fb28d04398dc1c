"""Commands of an instructor who grades a class: not in what students are given."""
