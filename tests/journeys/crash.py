"""Two processes of one counter: one that is killed while the form is half full, and one that finds it again.

python -m tests.journeys.crash fill|resume FOLDER
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.journeys.counter import counter
from tests.journeys.j1 import bring_person, choose_bundle, fill_form, give_notice, visit


def fill(keep: Path) -> None:
    """Fill the form, say so, and wait for the end."""
    with counter(keep) as here:
        here.open_up()
        here.sign_in("clerk")
        bring_person(here)
        choose_bundle(here)
        give_notice(here)
        fill_form(here)
        sys.stdout.write("filled\n")
        sys.stdout.flush()
        time.sleep(600)


def resume(keep: Path) -> None:
    """Come back, take up the draft, and print what stands in it."""
    with counter(keep) as here:
        here.unlock()
        here.sign_in("clerk")
        here.hands.wait_for("drafts.resume")
        here.hands.shot("20-drafts")
        here.hands.click("drafts.resume")
        here.hands.wait(
            lambda: here.view is not None and here.view.title is not None, "the draft did not come back"
        )
        here.hands.shot("21-resumed")
        for section in visit(here).sections:
            for field in section.fields:
                sys.stdout.write(f"{field.key}={field.value}\n")


if __name__ == "__main__":
    {"fill": fill, "resume": resume}[sys.argv[1]](Path(sys.argv[2]))
