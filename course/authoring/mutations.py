"""Small changes of a right answer, most of which make it wrong: a table, on the syntax tree.

A rule is a function of a node that yields (what it does, the node to replace, its new source) for
each change. The rules are the slips that people make: a sign, a missing term, an axis.
"""

import ast

SWAPPED = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "/",
    ast.Div: "*",
    ast.FloorDiv: "/",
    ast.Pow: "*",
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
}
"""{operator: the one that is taken for it}."""

NAMES = {
    "sum": "mean",
    "mean": "sum",
    "max": "min",
    "min": "max",
    "maximum": "minimum",
    "minimum": "maximum",
    "argmax": "argmin",
    "argmin": "argmax",
    "var": "std",
    "std": "var",
    "zeros": "ones",
    "ones": "zeros",
}
"""{function of NumPy: the one that is taken for it}."""


def source(node):
    """Return the source of an expression, in brackets where it might need them."""
    text = ast.unparse(node)
    simple = isinstance(node, ast.Name | ast.Constant | ast.Call | ast.Attribute | ast.Subscript)
    return text if simple else f"({text})"


def operators(node):
    """Take another operator; leave out a term or a factor."""
    if isinstance(node, ast.BinOp) and type(node.op) in SWAPPED:
        left, right = source(node.left), source(node.right)
        yield "another operator", node, f"{left} {SWAPPED[type(node.op)]} {right}"
        yield "something is missing", node, left
        if isinstance(node.op, ast.Add | ast.Mult):
            yield "something is missing", node, right


def comparisons(node):
    """Take the other side of a limit, or the opposite."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPPED:
        left, right = source(node.left), source(node.comparators[0])
        yield "another comparison", node, f"{left} {SWAPPED[type(node.ops[0])]} {right}"
    if isinstance(node, ast.If):
        yield "the opposite", node.test, f"not {source(node.test)}"


def numbers(node):
    """Take a number that is one more or one less, another factor; leave out a minus."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield "off by one", node, str(node.value + 1)
        yield "off by one", node, f"({node.value - 1})"
    if isinstance(node, ast.Constant) and type(node.value) is float:
        yield "another factor", node, str(2 * node.value or 1.0)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "the sign", node, source(node.operand)


def keywords(node):
    """Leave out axis=, keepdims= and the like."""
    for gone in node.keywords if isinstance(node, ast.Call) else ():
        rest = [keyword for keyword in node.keywords if keyword is not gone]
        yield f"without {gone.arg}=", node, ast.unparse(ast.Call(node.func, node.args, rest))


def calls(node):
    """Stop a range too early; take another function of NumPy; do without a copy or a cut."""
    if not isinstance(node, ast.Call):
        return
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name == "range":
        less = [*map(ast.unparse, node.args[:-1]), f"{source(node.args[-1])} - 1"]
        yield "the last one is left out", node, f"range({', '.join(less)})"
    if name == "maximum":
        yield "nothing is cut", node, source(node.args[-1])
    if isinstance(node.func, ast.Attribute):
        owner = source(node.func.value)
        if name in NAMES:
            other = ast.unparse(node).replace(f"{owner}.{name}", f"{owner}.{NAMES[name]}", 1)
            yield "another function", node, other
        if name in ("copy", "astype"):
            yield "no copy", node, owner


def statements(node):
    """Leave out a statement; replace what should add up."""
    if isinstance(node, ast.AugAssign):
        target, value = ast.unparse(node.target), source(node.value)
        yield "it replaces, and does not add up", node, f"{target} = {value}"
        if type(node.op) in SWAPPED:
            yield "another operator", node, f"{target} {SWAPPED[type(node.op)]}= {value}"
        yield "a line is missing", node, "pass"
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript | ast.Attribute):
        yield "a line is missing", node, "pass"


def in_place(node, parameters):
    """Write a result into what was put in."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp):
        first, target = node.value.left, ast.unparse(node.targets[0])
        if isinstance(first, ast.Name) and first.id in parameters:
            step = ast.unparse(ast.AugAssign(first, node.value.op, node.value.right))
            yield "in place", node, f"{step}; {target} = {first.id}"


RULES = (operators, comparisons, numbers, keywords, calls, statements)


def mutants(text, first, last):
    """Yield (line, what it does, before, after, text) for each change within lines of a module.

    text: the module; first, last: the lines, counted from 1. Before and after are source.
    """
    tree = ast.parse(text)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    around = [function for function in functions if function.lineno < first < function.end_lineno]
    parameters = {arg.arg for function in around for arg in function.args.args}
    nodes: list = [n for n in ast.walk(tree) if first <= getattr(n, "lineno", 0) <= last]
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        changes = [change for rule in RULES for change in rule(node)]
        for what, old, new in [*changes, *in_place(node, parameters)]:
            new = new if isinstance(old, ast.stmt) else f"({new})"
            changed = replaced(text, old, new)
            if changed:
                yield old.lineno, what, ast.unparse(old), new, changed


def replaced(text, node, new):
    """Return a module's text with other source in a node's place; None if Python cannot read it.

    A node within an f-string has no place of its own, before Python 3.12.
    """
    lines = text.encode().splitlines(keepends=True)
    start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
    changed = (text.encode()[:start] + new.encode() + text.encode()[end:]).decode()
    try:
        ast.parse(changed)
    except SyntaxError:
        return None
    return changed
