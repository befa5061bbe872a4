"""`handouts serve`."""

import os
from pathlib import Path

import click

from handouts.cli.context import open_project, today
from handouts.cli.options.values import read_token_file
from handouts.cli.output.problems import exit_with_error, print_problems
from handouts.cli.output.terminal import print_message
from handouts.system.cache_folder import find_cache_folder


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Another address opens the page to other computers, which then need a token.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 for any free port.")
@click.option(
    "--token-file",
    "token",
    type=click.Path(path_type=Path),
    callback=read_token_file,
    help="A file with the token to use, so that record systems can keep it. Default: a new token at each start.",
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), help="Number of prints made in parallel. Default: one per processor."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=60,
    show_default=True,
    help="Longest time for one print, in seconds.",
)
@click.option("--author", is_flag=True, help="Show authors the problems in their files beside the preview.")
@click.option("--admin", is_flag=True, help="Open the editor of practices and packs too, at an address of its own.")
def serve(  # noqa: PLR0913 - one parameter for each option
    *,
    host: str,
    port: int,
    token: str,
    no_browser: bool,
    jobs: int | None,
    timeout: float,
    author: bool,
    admin: bool,
) -> None:
    """Open the front-desk page: choose, preview, print.

    The page is served on this machine only and needs no network. Ctrl-C ends it.
    """
    from handouts.system.core_dumps import forbid_core_dumps

    forbid_core_dumps()
    project = open_project()
    from handouts.web.server import (
        AddressUnavailableError,
        listen,
        make_access,
        make_editor_address,
        make_page_address,
        show_in_browser,
    )
    from handouts.web.server import serve as serve_until_stopped

    try:
        listener = listen(host, port)
    except AddressUnavailableError as error:
        exit_with_error(error.problem)
    from handouts.build.layout_workers import check_layout_workers, start_layout_workers
    from handouts.problems.command_rules import NO_ENGINE
    from handouts.web.app import create_app
    from handouts.web.desk import open_desk
    from handouts.workers.errors import WorkerError
    from handouts.workers.pool import count_processors

    at_once = jobs or count_processors()
    typesetters = start_layout_workers(at_once, timeout, ahead=True)
    bodies = find_cache_folder(os.environ) / "bodies"
    desk = open_desk(
        project,
        typesetters,
        today,
        print_message,
        shows_problems=author,
        bodies=bodies,
        workers=at_once,
    )
    if desk.prints_ahead:
        desk.prints_ahead.begin(desk.live_library.snapshot)
    access = make_access(host, token, has_editor=admin)
    address = make_page_address(listener, host, access)
    try:
        check_layout_workers(typesetters)
    except WorkerError as error:
        typesetters.shutdown(wait=False, cancel_futures=True)
        exit_with_error(NO_ENGINE.at(None, reason=str(error) or "the process that lays out pages dies"))
    print_problems(desk.live_library.snapshot.problems, project.root)

    def ready() -> None:
        click.echo(address)
        if access.token:
            print_message("anyone who has this address can open the page: keep it to yourself")
        if admin:
            click.echo(make_editor_address(listener, host, access))
            print_message("the second address is that of the editor: whoever has it can change practices and packs")
        print_message("Ctrl-C ends it")
        if not no_browser:
            show_in_browser(address)

    serve_until_stopped(create_app(desk, access), listener, desk, ready, has_editor=admin)
