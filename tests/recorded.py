"""Which acts the code records: read from its source, so that none is forgotten.

Starts at `record` and `record_apart`; a function that hands its own parameter on as the action is
one more of them, and so on until no more are found.
"""

import ast
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST = {("engage.audit.log", "record"): "action", ("engage.audit.log", "record_apart"): "action"}


@dataclass
class Module:
    name: str
    tree: ast.Module
    imported: dict[str, tuple[str, ...]] = field(default_factory=dict)
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    constants: dict[str, ast.expr] = field(default_factory=dict)

    def target(self, call: ast.Call) -> tuple[str, str] | None:
        """The module and name of the function that is called, where that can be told."""
        match call.func:
            case ast.Name(name) if name in self.functions:
                return self.name, name
            case ast.Name(name) if len(self.imported.get(name, ())) == 2:
                return self.imported[name]
            case ast.Attribute(ast.Name(room), name) if room in self.imported:
                return ".".join(self.imported[room]), name
        return None


def read_modules(folder: Path = ROOT / "engage") -> dict[str, Module]:
    modules = {}
    for file in sorted(folder.rglob("*.py")):
        name = ".".join(file.relative_to(folder.parent).with_suffix("").parts)
        module = modules[name] = Module(name, ast.parse(file.read_text("utf-8")))
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for each in node.names:
                    module.imported[each.asname or each.name] = (node.module, each.name)
            elif isinstance(node, ast.FunctionDef):
                module.functions[node.name] = node
        for node in module.tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                module.constants[node.targets[0].id] = node.value
            elif isinstance(node, ast.AnnAssign) and node.value:
                module.constants[node.target.id] = node.value
    return modules


def actions_of(modules: dict[str, Module]) -> tuple[set[str], list[str]]:
    """The actions that are recorded, and the functions where which one cannot be told."""
    calls = [
        (module, function, call, module.target(call))
        for module in modules.values()
        for function in module.functions.values()
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
    ]
    recorders, before = dict(FIRST), {}
    while recorders != before:
        before, found, unclear = dict(recorders), set(), []
        for module, function, call, target in calls:
            if target not in recorders:
                continue
            action = _given(modules, call, target, recorders[target], function)
            for value in _values(module, function, action):
                if isinstance(value, str):
                    found.add(value)
                elif isinstance(value, ast.arg):
                    recorders[module.name, function.name] = value.arg
                else:
                    unclear.append(f"{module.name}.{function.name}")
    return found, unclear


def _given(modules, call, target, parameter, function):
    """What the call hands over as that parameter."""
    for keyword in call.keywords:
        if keyword.arg == parameter:
            return keyword.value
        if keyword.arg is None and isinstance(keyword.value, ast.Name):
            written = next(iter(_assigned(function, keyword.value.id)), None)
            if isinstance(written, ast.Dict):
                named = zip(written.keys, written.values, strict=True)
                return next(value for key, value in named if key.value == parameter)
    called = modules[target[0]].functions[target[1]]
    names = [each.arg for each in called.args.posonlyargs + called.args.args]
    if parameter in names and names.index(parameter) < len(call.args):
        return call.args[names.index(parameter)]
    defaults = dict(zip(reversed(names), reversed(called.args.defaults), strict=False))
    return defaults.get(parameter)


def _values(module, function, asked):
    """Every text that an expression can be; a parameter, or nothing, where that is not told."""
    match asked:
        case ast.Constant(str(text)):
            return [text]
        case ast.IfExp():
            return _values(module, function, asked.body) + _values(module, function, asked.orelse)
        case ast.Subscript(ast.Name(name)) if isinstance(module.constants.get(name), ast.Dict):
            values = module.constants[name].values
            return [each for value in values for each in _values(module, function, value)]
        case ast.Name(name):
            arguments = function.args.args + function.args.kwonlyargs
            if parameter := [each for each in arguments if each.arg == name]:
                return parameter
            written = _assigned(function, name) or [module.constants.get(name)]
            return [each for value in written for each in _values(module, function, value)]
    return [None]


def _assigned(function, name):
    """What is assigned to a local name; of several at once, its own part."""
    found = []
    for node in ast.walk(function):
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == name:
            found.append(node.value)
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            if getattr(target, "id", "") == name:
                found.append(node.value)
            elif isinstance(target, ast.Tuple):
                parts = node.value.elts if isinstance(node.value, ast.Tuple) else []
                found += [
                    part for at, part in zip(target.elts, parts, strict=False)
                    if getattr(at, "id", "") == name
                ]  # fmt: skip
    return found
