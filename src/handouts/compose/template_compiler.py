"""Compiles templates: rejects unknown names, counts what templates put together, and notes the values that they use."""

from collections.abc import Callable, Collection
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_PARAMETER

from handouts.compose.template_names import ESCAPED, METHODS, list_names, suggest_filter
from handouts.problems.problem import did_you_mean


class TemplateCompiler(CodeGenerator):
    """Rejects names that are not on the lists when a template is compiled, also in branches that rarely run.

    What a template puts together is counted. The names of the values that it uses are noted when it runs: where their
    values stand in an expression, because Jinja2 looks names up at the start of a block, also those that are not used.
    """

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802 - as inherited
        """Write the code of a name."""
        load = frame.symbols.find_load(frame.symbols.ref(node.name))
        if node.ctx != "load" or (load and load[0] == VAR_LOAD_PARAMETER):  # of a loop or macro of this template
            super().visit_Name(node, frame)
            return
        self.write(f"(environment.uses.names.add({node.name!r}) or ")
        super().visit_Name(node, frame)
        self.write(")")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802 - as inherited
        """Write the code of an include: of a template whose name is known, the environment may have kept the text."""
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(name, str) or not node.with_context or node.ignore_missing:
            super().visit_Include(node, frame)
            return
        values = self.dump_local_context(frame)
        self.writeline(f"for event in environment.fill_include({name!r}, {self.name!r}, context, {values}):", node)
        self.indent()
        self.simple_write("event", frame)
        self.outdent()

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - as inherited
        """Write the code of a ~ b."""
        self._write_counted(super().visit_Concat, node, frame)

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802 - as inherited
        """Write the code of a list."""
        self._write_counted(super().visit_List, node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802 - as inherited
        """Write the code of a tuple; one that names are assigned to is no value."""
        if node.ctx == "load":
            self._write_counted(super().visit_Tuple, node, frame)
        else:
            super().visit_Tuple(node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802 - as inherited
        """Write the code of a dictionary."""
        self._write_counted(super().visit_Dict, node, frame)

    def _write_counted(self, write: Callable[[Any, Frame], None], node: nodes.Expr, frame: Frame) -> None:
        self.write("environment.count_value(")
        write(node, frame)
        self.write(")")

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - as inherited
        """Check the whole template, then compile it."""
        names_with_members = {"self", "loop", *(statement.target for statement in node.find_all(nodes.Import))}
        for call in node.find_all(nodes.Call):
            self._check_call(call, names_with_members)
        for filtered in node.find_all(nodes.Filter):
            self._check_name("filter", filtered, self.environment.filters)
        for tested in node.find_all(nodes.Test):
            self._check_name("test", tested, self.environment.tests)
        for assignment in node.find_all(nodes.NSRef):
            message = f'"{assignment.name}.{assignment.attr}" cannot be set: values never change'
            self.fail(f"{message}\nset a name of its own: {{% set name = value %}}", assignment.lineno)
        for scope in node.find_all(nodes.ScopedEvalContextModifier):
            self.fail(f"autoescape is not available\n{ESCAPED}", scope.lineno)
        for repeated in node.find_all((nodes.For, nodes.Macro)):
            step = nodes.Call(nodes.EnvironmentAttribute("count_step"), [], [], None, None)
            repeated.body.insert(  # type: ignore[attr-defined] # both have a body
                0, nodes.ExprStmt(step, lineno=repeated.lineno).set_environment(self.environment)
            )
        super().visit_Template(node, frame)

    def _check_call(self, call: nodes.Call, names_with_members: set[str]) -> None:
        called = call.node
        if not isinstance(called, nodes.Getattr) or called.attr not in METHODS:
            return
        if not isinstance(called.node, nodes.Name) or called.node.name not in names_with_members:
            message = f'".{called.attr}(...)" is not available: values in templates have no methods'
            self.fail(f"{message}\n{suggest_filter(called.attr)}", call.lineno)

    def _check_name(self, kind: str, node: nodes.Filter | nodes.Test, known: Collection[str]) -> None:
        if node.name not in known:
            hint = ESCAPED if node.name == "safe" else did_you_mean(node.name, known)
            self.fail(f'there is no {kind} "{node.name}"\n{hint or list_names(known)}', node.lineno)
