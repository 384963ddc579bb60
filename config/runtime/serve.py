"""`./run`: serves until it is stopped."""

import argparse

from config.env import Environment
from config.runtime import folders, lock, ports
from config.runtime.services import refuse_unreachable, services_of
from config.runtime.supervisor import Supervisor
from config.runtime.words import tell


def serve(environment: Environment, options: argparse.Namespace) -> int:
    """Raises Refusal where this folder is served already or the port is taken."""
    folders.make_ready(environment)
    try:
        with lock.hold(environment, "serve"), ports.listen(environment) as listener:
            notice = folders.free_space_notice(environment)
            if notice:
                tell(notice, notice)
            services = services_of(environment)
            refuse_unreachable(environment)
            return Supervisor(environment, services, listener, empty=options.empty).run()
    except lock.Taken:
        ports.refuse_second_copy(environment)
        raise
