"""`handouts serve`."""

import click

from handouts.cli.options.project import open_project
from handouts.cli.options.today import today
from handouts.cli.output.problems import say, show_problems


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Another address lets others in who have a token.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes any that is free."
)
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="How many to make at once. Default: one a processor.")
@click.option(
    "--timeout", type=click.FloatRange(min=1), default=60, show_default=True, help="Seconds for each print at most."
)
def serve(*, host: str, port: int, no_browser: bool, jobs: int | None, timeout: float) -> None:
    """Open the page for the front desk: choose, preview, print.

    It is served on this machine alone, needs no network, and ends with Ctrl-C.
    """
    from handouts.system.core_dumps import forbid_core_dumps

    forbid_core_dumps()
    project = open_project()
    from handouts.web.server import AddressUnavailableError, listen, make_access, page_address, show_in_browser
    from handouts.web.server import serve as serve_until_stopped

    try:
        listener = listen(host, port)
    except AddressUnavailableError as error:
        show_problems([error.problem])
        raise click.exceptions.Exit(1) from None
    from handouts.build.layout_workers import start_layout_workers
    from handouts.web.app import create_app
    from handouts.web.desk import open_desk
    from handouts.workers.pool import processors

    at_once = jobs or processors()
    typesetters = start_layout_workers(at_once, timeout, ahead=True)
    desk = open_desk(project, typesetters, today, say)
    access = make_access(host)
    address = page_address(listener, host, access)
    show_problems(desk.live_library.snapshot.problems, project.root)

    def ready() -> None:
        click.echo(address)
        if access.token:
            say("whoever has this address can open the page: hand it to nobody else")
        say("Ctrl-C ends it")
        if not no_browser:
            show_in_browser(address)

    serve_until_stopped(create_app(desk, access), listener, desk, ready)
