"""Templates read from resources/documents: whatever names an unknown variable, list or block is refused with file and place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from catalogue.broken import CatalogueBroken
from catalogue.model import Text
from catalogue.node import Node, read_yaml
from workstation.domain.slip import SlipKind
from workstation.printing.formats import Paper
from workstation.printing.template import (
    Big,
    Block,
    CaseFacts,
    Choice,
    Closing,
    Codes,
    Condition,
    FactLine,
    Facts,
    Listing,
    Paragraphs,
    Phrase,
    Section,
    Table,
    TableColumn,
    Template,
    Type,
    Variable,
    When,
)

PLACE = re.compile(r"\{(#?)([a-z_]+)\}")

# What every sheet knows by itself (domain/slip.Slip); no template declares these.
BUILT_IN: dict[str, Variable] = {
    name: Variable(name, kind)
    for name, kind in {
        "serial": Type.TEXT,
        "centre": Type.TEXT,
        "window": Type.TEXT,
        "clerk": Type.TEXT,
        "receipt_no": Type.TEXT,
        "project_no": Type.TEXT,
        "title": Type.WORDS,
        "applicant": Type.TEXT,
        "applicant_id": Type.TEXT,
        "subject": Type.TEXT,
        "issued_at": Type.MOMENT,
        "received_at": Type.MOMENT,
        "accepted_at": Type.MOMENT,
        "provisional": Type.FLAG,
    }.items()
}


def load_codes(path: Path) -> Codes:
    """Read codes.yaml: lists of codes with their words on paper. Raises CatalogueBroken."""
    raw = read_yaml(path)
    lists = Node(path.name, "top", raw)
    return {
        name: {code: lists.child(name).both(code) for code in lists.child(name).raw} for name in lists.raw
    }


def load_template(path: Path, codes: Codes) -> Template:
    """Read <KIND>.yaml. Raises CatalogueBroken with file, place and cause for whatever does not fit together."""
    top = Node(path.name, "top", read_yaml(path))
    top.only("kind", "version", "title", "papers", "copies", "variables", "blocks", "closing")
    kind = top.choice("kind", SlipKind)
    if path.stem != kind.value:
        raise top.broken("kind", f"stands in {path.name}")
    reader = _Reader(_variables(top.child("variables"), codes) if top.has("variables") else {}, codes)
    return Template(
        kind=kind,
        file=path.name,
        version=top.text("version"),
        title=top.both("title"),
        papers=_papers(top),
        copies=tuple(Text(node.text("zh"), node.text("en")) for node in top.each("copies")),
        variables=reader.variables,
        blocks=tuple(reader.block(node) for node in top.each("blocks")),
        closing=reader.closing(top.child("closing")),
    )


def _papers(top: Node) -> tuple[Paper, ...]:
    names = top.texts("papers")
    if not names or not set(names) <= set(Paper):
        raise top.broken("papers", f"must be some of {', '.join(Paper)}")
    return tuple(Paper(name) for name in names)


def _variables(node: Node, codes: Codes, inside: bool = False) -> dict[str, Variable]:
    found: dict[str, Variable] = {}
    for name in node.raw:
        if not inside and name in BUILT_IN:
            raise node.broken(name, "is known on every sheet already")
        each = node.child(name)
        each.only("type", "required", "codes", "columns", "about")
        kind = each.choice("type", Type)
        if (kind is Type.TABLE) != each.has("columns") or (inside and kind is Type.TABLE):
            raise each.broken("columns", "stand with a table, and with nothing else")
        if kind is Type.CODE and each.text("codes") not in codes:
            raise each.broken("codes", f"must be one of {', '.join(codes)}")
        found[name] = Variable(
            name,
            kind,
            required=each.flag("required", False),
            codes=each.text("codes") if kind is Type.CODE else "",
            columns=_variables(each.child("columns"), codes, inside=True) if kind is Type.TABLE else None,
        )
    return found


class _Reader:
    """Reads the blocks of one template; knows which variables they may name."""

    def __init__(self, variables: dict[str, Variable], codes: Codes) -> None:
        self.variables = variables
        self._codes = codes

    def block(self, node: Node) -> Block:
        """Read one block, told by the first of its names."""
        blocks: Mapping[str, tuple[tuple[str, ...], Callable[[Node, When], Block]]] = {
            "case": ((), self._case),
            "facts": ((), self._facts),
            "section": ((), self._section),
            "table": (("columns", "rows"), self._table),
            "list": (("text", "rows", "numbered"), self._list),
            "paragraphs": (("numbered",), self._paragraphs),
            "big": ((), self._big),
        }
        for name, (keys, read) in blocks.items():
            if name in node.raw:
                node.only(name, *keys, "when")
                return read(node, self._when(node, "when", BUILT_IN | self.variables))
        raise CatalogueBroken(node.file, node.place, f"must have one of {', '.join(blocks)}")

    def closing(self, node: Node) -> Closing:
        """Read what ends the sheet."""
        node.only("notes", "signers", "stamp")
        return Closing(
            self._sentences(node, "notes"),
            tuple(Text(each.text("zh"), each.text("en")) for each in node.each("signers")),
            node.flag("stamp", True),
        )

    def _case(self, _: Node, when: When) -> Block:
        return CaseFacts(when)

    def _facts(self, node: Node, when: When) -> Block:
        known = BUILT_IN | self.variables
        lines = []
        for each in node.each("facts"):
            each.only("label", "value", "wide", "when")
            lines.append(
                FactLine(
                    each.both("label"),
                    self._phrase(each, "value", known),
                    each.flag("wide", False),
                    self._when(each, "when", known),
                )
            )
        return Facts(tuple(lines), when)

    def _section(self, node: Node, when: When) -> Block:
        return Section(self._phrase(node, "section", BUILT_IN | self.variables), when)

    def _table(self, node: Node, when: When) -> Block:
        of, known = self._rows(node, "table")
        columns = []
        for each in node.each("columns"):
            each.only("head", "share", "value")
            columns.append(
                TableColumn(each.both("head"), each.number("share"), self._phrase(each, "value", known))
            )
        if sum(column.share for column in columns) != 100:
            raise node.broken("columns", "must share 100 percent")
        return Table(of, tuple(columns), self._when(node, "rows", known), when)

    def _list(self, node: Node, when: When) -> Block:
        of, known = self._rows(node, "list")
        return Listing(
            of,
            self._phrase(node, "text", known),
            self._when(node, "rows", known),
            when,
            node.flag("numbered", True),
        )

    def _paragraphs(self, node: Node, when: When) -> Block:
        return Paragraphs(self._sentences(node, "paragraphs"), node.flag("numbered", False), when)

    def _big(self, node: Node, when: When) -> Block:
        return Big(self._phrase(node, "big", BUILT_IN | self.variables), when)

    def _rows(self, node: Node, key: str) -> tuple[str, Mapping[str, Variable]]:
        """The variable whose rows a block goes through, and what its phrases may name; {row} is the number or the text."""
        of = self.variables.get(node.text(key))
        if of is None or of.type not in (Type.TABLE, Type.TEXTS, Type.NAMES):
            raise node.broken(key, f"{node.text(key)} is no table or list among the variables")
        inner = {Type.TABLE: Type.NUMBER, Type.TEXTS: Type.TEXT, Type.NAMES: Type.WORDS}[of.type]
        return of.name, BUILT_IN | self.variables | {"row": Variable("row", inner)} | dict(of.columns or {})

    def _sentences(self, node: Node, key: str) -> tuple[tuple[Phrase, When], ...]:
        known = BUILT_IN | self.variables
        found = []
        for each in node.each(key):
            each.only("zh", "en", "when", "choose")
            phrase = (
                self._choices(each, "choose", known)
                if each.has("choose")
                else (self._choice(each, each.raw, known, ()),)
            )
            found.append((phrase, self._when(each, "when", known)))
        return tuple(found)

    def _phrase(self, node: Node, key: str, known: Mapping[str, Variable]) -> Phrase:
        """A text, {zh, en}, or a list of these with conditions, of which the first that fits is said."""
        raw = node.raw.get(key)
        if isinstance(raw, list):
            return self._choices(node, key, known)
        return (self._choice(node, raw, known, ()),)

    def _choices(self, node: Node, key: str, known: Mapping[str, Variable]) -> Phrase:
        made = []
        for each in node.each(key):
            each.only("zh", "en", "text", "when")
            said = each.text("text") if each.has("text") else each.raw
            made.append(self._choice(each, said, known, self._when(each, "when", known)))
        return tuple(made)

    def _choice(self, node: Node, raw: Any, known: Mapping[str, Variable], when: When) -> Choice:
        if isinstance(raw, str):
            text = Text(raw, raw)
        else:
            both = Node(node.file, node.place, raw)
            text = Text(both.text("zh"), both.text("en"))
        for words in (text.zh, text.en):
            for count, name in PLACE.findall(words):
                if name not in known:
                    raise CatalogueBroken(node.file, node.place, f"{{{name}}} is no variable here")
                if bool(count) != (known[name].type is Type.TABLE):
                    raise CatalogueBroken(
                        node.file, node.place, f"{{{name}}}: # counts tables, and only these"
                    )
            if re.search(r"[{}]", PLACE.sub("", words)):
                raise CatalogueBroken(node.file, node.place, "has a brace that is no place")
        return Choice(text, when)

    def _when(self, node: Node, key: str, known: Mapping[str, Variable]) -> When:
        raw = node.raw.get(key)
        if raw is None:
            return ()
        wanted: Sequence[Any] = raw if isinstance(raw, list) else [raw]
        return tuple(self._condition(node, key, each, known) for each in wanted)

    def _condition(self, node: Node, key: str, raw: Any, known: Mapping[str, Variable]) -> Condition:
        """Read name, !name, name=code|code, !name=code."""
        match = re.fullmatch(r"(!?)([a-z_]+)(?:=([a-z_|]+))?", raw) if isinstance(raw, str) else None
        if match is None or match[2] not in known:
            raise node.broken(key, f"{raw} names no variable")
        codes = tuple(match[3].split("|")) if match[3] else ()
        variable = known[match[2]]
        if codes and (
            variable.type is not Type.CODE or not set(codes) <= set(self._codes.get(variable.codes, {}))
        ):
            raise node.broken(key, f"{raw} names an unknown code")
        return Condition(match[2], codes, negated=bool(match[1]))
