"""`main.py algorithms`: each name of both sets, whether it is offered here, and whether its published example comes out."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from wire.algorithms import offered
from wire.known_answers import Answered, ask


def run(*, as_json: bool) -> int:
    """Print a line a name; 0 when everything that is offered gives the right answer."""
    answers = ask(offered())
    if as_json:
        sys.stdout.write(json.dumps([asdict(each) for each in answers], indent=1) + "\n")
    else:
        for each in answers:
            sys.stdout.write(f"{each.set_name:9} {each.algorithm:12} {_word(each)}\n")
    return 0 if all(each.right for each in answers if each.offered) else 1


def _word(each: Answered) -> str:
    if not each.offered:
        return "not offered here: the set cannot sign"
    return "ok" if each.right else "WRONG ANSWER"
