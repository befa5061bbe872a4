"""What every process that runs the command has loaded, when it is forked from the one that has it ready."""

from handouts.render import load_engine

load_engine()

import handouts.batch  # noqa: E402 - the engine first, for it sets where fonts are
import handouts.build  # noqa: E402
import handouts.cli.build  # noqa: E402
import handouts.finish  # noqa: E402
import handouts.web_page  # noqa: F401, E402
