"""Which prints are meant: the options of every command that makes prints or sends them to paper."""

import contextlib
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Concatenate, ParamSpec

import click
from click.core import ParameterSource

from handouts.cli.output.problems import show_problems

if TYPE_CHECKING:
    from handouts.build.plan.request import Request
    from handouts.model.project import Project
    from handouts.schema.print_terms import Ink, Paper

_Others = ParamSpec("_Others")


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen on the command line, before anything is read or imported for it."""

    handouts: tuple[str, ...]
    practices: tuple[str, ...]
    sections: tuple[str, ...]
    left_out: tuple[str, ...]
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    set_name: str | None
    paper: "Paper | None"
    ink: "Ink"
    press: bool
    single: bool
    unmarked: bool
    fit: bool

    def request(self) -> "Request":
        """Give the request that this is."""
        from handouts.build.plan.request import Request
        from handouts.model.print_options import PrintOptions

        return Request(
            self.handouts,
            self.practices,
            self.sections,
            self.left_out,
            tuple(dict.fromkeys(self.formats)),
            self.languages,
            PrintOptions(
                self.paper,
                self.ink,
                imposed=not self.single,
                fold_marks=not self.unmarked,
                press=self.press,
                fit=self.fit,
            ),
            set_name=self.set_name,
        )

    def is_about_one(self, project: "Project") -> bool:
        """Tell from the names of files whether one output is asked for: nothing is read yet."""
        if self.set_name is not None or len(self.formats) != 1:
            return False
        texts = [path.parent.name for path in project.content.glob("handouts/*/*.md")]
        brands = [path.parent.name for path in project.content.glob("practices/*/practice.yaml")]
        return all(
            sum(not patterns or any(fnmatchcase(name, pattern) for pattern in patterns) for name in names) == 1
            for patterns, names in ((self.handouts, texts), (self.practices, brands))
        )


_OPTIONS = (
    click.argument("handouts", nargs=-1, metavar="[HANDOUT]..."),
    click.option("-p", "--practice", "practices", multiple=True, help="Whose brand; may be repeated. Default: all."),
    click.option(
        "-s", "--section", "sections", multiple=True, help="A section, part or selection to print. Default: all."
    ),
    click.option("-x", "--without", "left_out", multiple=True, help="A section, part or selection to leave out."),
    click.option(
        "-f", "--format", "formats", multiple=True, default=["handout"], show_default=True, help="Kind of output."
    ),
    click.option("-l", "--language", "languages", multiple=True, help="Language, such as en. Default: all there are."),
    click.option("--set", "set_name", metavar="NAME", help="What a set of handouts.yaml names."),
    click.option("--paper", type=click.Choice(["letter", "a4"]), help="Default: what the practice uses."),
    click.option("--ink", type=click.Choice(["color", "black"]), default="color", show_default=True),
    click.option("--press", is_flag=True, help="For a print shop: CMYK, bleed and crop marks (PDF/X-4), single pages."),
    click.option(
        "--no-impose", "single", is_flag=True, help="Booklets and leaflets as single pages, not as sheets to fold."
    ),
    click.option(
        "--no-fold-marks", "unmarked", is_flag=True, help="Leaflets without the ticks that show where to fold."
    ),
    click.option("--fit", is_flag=True, help="Try smaller type and less space if a leaflet is too long."),
)


def chosen_prints(command: Callable[Concatenate[Choice, _Others], None]) -> Callable[..., None]:
    """Give a command the options that choose prints; it gets them first, as one Choice.

    A set together with what a set says itself is wrong usage.
    """

    @functools.wraps(command)
    def with_choice(*others: _Others.args, **options: _Others.kwargs) -> None:
        choice = Choice(**{field.name: options.pop(field.name) for field in fields(Choice)})  # type: ignore[arg-type]
        chose_formats = click.get_current_context().get_parameter_source("formats") is ParameterSource.COMMANDLINE
        if choice.set_name is not None and (choice.sections or choice.left_out or chose_formats):
            raise click.UsageError("--set says which formats and sections to build: leave out -f, -s and -x")
        command(choice, *others, **options)

    wrapped: Callable[..., None] = with_choice
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


@contextlib.contextmanager
def meaningless_refused() -> Iterator[None]:
    """End the command as wrong usage if what was chosen does not exist or leaves nothing."""
    from handouts.numbering.select import ChoiceError, UnknownNameError

    try:
        yield
    except ChoiceError as meaningless:
        show_problems(meaningless.problems)
        hint = meaningless.hint if isinstance(meaningless, UnknownNameError) else ""
        advice = f". {hint[:1].upper()}{hint[1:]}" if hint else ""
        raise click.UsageError(f"{meaningless}{advice}") from None
