"""The question tree of an item (情形引导): each answer leads to a situation, and may lead to a further question.

A tree is made into what the form knows already: the question is a field that shows once the answers before it lead
there, the situation a condition on all the answers of its way.
"""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.model import Branch, Field, Question, Scenario
from catalogue.node import Node

MOST_STEPS = 8  # whoever is asked more than that is being interrogated


@dataclass(frozen=True, slots=True)
class Guide:
    """A tree, flat: questions in the order of the talk, the situations they lead to, the fields they are."""

    questions: tuple[Question, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    fields: tuple[Field, ...] = ()


def guide(node: Node, way: str = "", depth: int = 0) -> Guide:
    """Make the tree under a question. `way` is the condition under which it is asked. Raises CatalogueBroken."""
    node.only("element", "default", "answers")
    if depth == MOST_STEPS:
        raise node.broken("element", f"is asked after {MOST_STEPS} others; that many are too many")
    element = node.text("element")
    branches: list[Branch] = []
    scenarios: list[Scenario] = []
    below: list[Guide] = []
    for answer in node.each("answers"):
        answer.only("codes", "id", "code", "name", "ask")
        codes = answer.texts("codes")
        if not codes:
            raise answer.broken("codes", "must name the answers that lead here")
        chosen = " || ".join(f"{element} == '{code}'" for code in codes)
        here = f"({way}) && ({chosen})" if way else chosen
        branches.append(Branch(codes, answer.text("id")))
        scenarios.append(Scenario(answer.text("id"), answer.text("code", ""), answer.both("name"), here))
        if answer.has("ask"):
            below.append(guide(answer.child("ask"), here, depth + 1))
    question = Question(element, way, tuple(branches), depth)
    field = Field(element, when=way or None, default=node.maybe("default"))
    return Guide(
        (question, *(q for each in below for q in each.questions)),
        (*scenarios, *(s for each in below for s in each.scenarios)),
        (field, *(f for each in below for f in each.fields)),
    )
