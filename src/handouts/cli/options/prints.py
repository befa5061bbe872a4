"""Options that choose prints, shared by the commands that build or print them."""

import contextlib
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Concatenate, ParamSpec, get_args

import click
from click.core import ParameterSource

from handouts.cli.options.completion import (
    complete_formats,
    complete_handouts,
    complete_languages,
    complete_packs,
    complete_practices,
    complete_sections,
    complete_sets,
)
from handouts.cli.output.problems import print_problems
from handouts.model.print_options import PrintOptions
from handouts.schema.print_terms import Ink, Paper

if TYPE_CHECKING:
    from handouts.build.plan.request import Request
    from handouts.model.project import Project

_Others = ParamSpec("_Others")

_WITHOUT_PAGES = frozenset({"html", "text", "message"})


@dataclass(frozen=True, slots=True)
class Choice:
    """The prints chosen on the command line, before the project is read or the engine imported."""

    handouts: tuple[str, ...]
    practices: tuple[str, ...]
    sections: tuple[str, ...]
    left_out: tuple[str, ...]
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    set_name: str | None
    packs: tuple[str, ...]
    audience: str
    options: PrintOptions

    def request(self) -> "Request":
        """Return the choice as a request to plan."""
        from handouts.build.plan.request import Request

        return Request(
            self.handouts,
            self.practices,
            self.sections,
            self.left_out,
            tuple(dict.fromkeys(self.formats)),
            self.languages,
            self.options,
            set_name=self.set_name,
            audience=self.audience,
            packs=tuple(dict.fromkeys(self.packs)),
        )

    @property
    def has_pages(self) -> bool:
        """Whether anything may have to be laid out, judged by names, which a project may give to other files."""
        return self.set_name is not None or not self.formats or not {*self.formats} <= _WITHOUT_PAGES

    def is_single_output(self, project: "Project") -> bool:
        """Return whether the choice is a single output, judged by names of files alone."""
        if self.set_name is not None or self.packs or len(self.formats) > 1:
            return False
        handouts = [path.parent.name for path in project.content.glob("handouts/*/*.md")]
        practices = [path.parent.name for path in project.content.glob("practices/*/practice.yaml")]
        return all(
            sum(not patterns or any(fnmatchcase(name, pattern) for pattern in patterns) for name in names) == 1
            for patterns, names in ((self.handouts, handouts), (self.practices, practices))
        )


_OPTIONS = (
    click.argument("handouts", nargs=-1, metavar="[HANDOUT]...", shell_complete=complete_handouts),
    click.option(
        "-p",
        "--practice",
        "practices",
        multiple=True,
        shell_complete=complete_practices,
        help="A practice to build for. May be repeated. Default: all.",
    ),
    click.option(
        "-s",
        "--section",
        "sections",
        multiple=True,
        shell_complete=complete_sections,
        help="A section, part or selection to print. May be repeated. Default: all.",
    ),
    click.option(
        "-x",
        "--without",
        "left_out",
        multiple=True,
        shell_complete=complete_sections,
        help="A section, part or selection to leave out. May be repeated.",
    ),
    click.option(
        "-f",
        "--format",
        "formats",
        multiple=True,
        shell_complete=complete_formats,
        help="A format (`handouts list formats`). May be repeated. Default: the usual one of each handout.",
    ),
    click.option(
        "-l",
        "--language",
        "languages",
        multiple=True,
        shell_complete=complete_languages,
        help="A language, such as en. May be repeated. Default: all.",
    ),
    click.option(
        "--set", "set_name", metavar="NAME", shell_complete=complete_sets, help="Build a set defined in handouts.yaml."
    ),
    click.option(
        "--pack",
        "packs",
        metavar="NAME",
        multiple=True,
        shell_complete=complete_packs,
        help="A pack defined in handouts.yaml, or a pattern such as '*': its handouts as one print. May be repeated.",
    ),
    click.option(
        "--audience", metavar="NAME", default="", help="Leave out what is only for other audiences. Default: print all."
    ),
    click.option("--paper", type=click.Choice(get_args(Paper)), help="Paper size. Default: that of the practice."),
    click.option(
        "--ink",
        type=click.Choice(get_args(Ink)),
        default="color",
        show_default=True,
        help="black is for printers without color, and takes less toner.",
    ),
    click.option(
        "--press", is_flag=True, help="For a print shop: PDF/X-4 with CMYK, bleed and crop marks, as single pages."
    ),
    click.option(
        "--no-impose",
        "imposed",
        flag_value=False,
        default=True,
        help="Booklets and leaflets as single pages, not as sheets to fold.",
    ),
    click.option(
        "--no-fold-marks",
        "fold_marks",
        flag_value=False,
        default=True,
        help="Leaflets without the marks that show where to fold.",
    ),
    click.option("--fit", is_flag=True, help="Use smaller type and spacing if a leaflet is too long."),
)


def chosen_prints(command: Callable[Concatenate[Choice, _Others], None]) -> Callable[..., None]:
    """Add the options that choose prints to a command, which receives them as a Choice, its first argument.

    A set together with formats or sections is a usage error, because the set defines those; so is a pack together with
    handouts or sections.
    """

    @functools.wraps(command)
    def with_choice(*others: _Others.args, **options: _Others.kwargs) -> None:
        # The options are named as the fields are.
        prints = PrintOptions(**{field.name: options.pop(field.name) for field in fields(PrintOptions)})  # type: ignore[arg-type]
        names = {field.name: options.pop(field.name) for field in fields(Choice) if field.name != "options"}
        choice = Choice(**names, options=prints)  # type: ignore[arg-type]
        chose_formats = click.get_current_context().get_parameter_source("formats") is ParameterSource.COMMANDLINE
        if choice.set_name is not None and (choice.sections or choice.left_out or chose_formats):
            raise click.UsageError("--set defines the formats and sections: leave out -f, -s and -x")
        if choice.packs and (choice.handouts or choice.sections or choice.left_out or choice.set_name is not None):
            raise click.UsageError("--pack defines the handouts and sections: leave out handouts, --set, -s and -x")
        command(choice, *others, **options)

    wrapped: Callable[..., None] = with_choice
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


@contextlib.contextmanager
def wrong_choice_refused() -> Iterator[None]:
    """Turn a ChoiceError into a click.UsageError with its hint, after printing its problems."""
    from handouts.numbering.select import ChoiceError, UnknownNameError

    try:
        yield
    except ChoiceError as error:
        print_problems(error.problems)
        hint = error.hint if isinstance(error, UnknownNameError) else ""
        advice = f". {hint[:1].upper()}{hint[1:]}" if hint else ""
        raise click.UsageError(f"{error}{advice}") from None
