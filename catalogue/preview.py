"""One item or several as the counter will ask them: the merged form and the checklist on a page of plain HTML.

The only file of the catalogue that looks up into the workstation: an author must see what the counter's own merge makes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from catalogue.model import Branch, Catalogue, Question, ServiceItem, Text
from workstation.forms.merge import merge
from workstation.forms.model import Form, FormField, FormMaterial

Said = Callable[[Text], str]
Names = Mapping[str, str]
Words = Mapping[str, str]

_STYLE = """
body { font: 15px/1.5 "Noto Sans SC", sans-serif; margin: 2em auto; max-width: 60em; color: #1c2b33; }
h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin: 1.4em 0 .3em; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .3em .6em .3em 0; vertical-align: top; }
tr + tr td { border-top: 1px solid #dde4e8; } small, .when { color: #5b6b75; } code { font-size: .9em; }
"""
_WORDS = {
    "zh": {
        "form": "表单", "papers": "材料", "checks": "核验", "required": "必填", "optional": "选填", "only": "仅当",
        "for": "用于", "replaced": "可由以下替代", "nothing": "没有替代", "copies": "原件 {0} 份，复印件 {1} 份",
        "tolerable": "可容缺", "commitment": "可告知承诺", "count": "{0} 个事项，{1} 项信息（合计被问 {2} 次），{3} 份材料",
        "conflict": "要求互相矛盾", "questions": "情形引导", "card": "{0}的卡", "earlier": "以前交过的扫描件（须本人同意）",
        "field": "表单里的照片",
    },
    "en": {
        "form": "Form", "papers": "Papers", "checks": "Checks", "required": "required", "optional": "optional",
        "only": "only when", "for": "for", "replaced": "replaced by", "nothing": "nothing replaces it",
        "copies": "originals {0}, copies {1}", "tolerable": "may come later", "commitment": "a promise will do",
        "count": "{0} items, {1} data (asked {2} times in all), {3} papers", "conflict": "contradict each other",
        "questions": "Questions", "card": "the card of the {0}", "earlier": "a scan given earlier (with consent)",
        "field": "the photo in the form",
    },
}  # fmt: skip


def page(catalogue: Catalogue, chosen: Sequence[str], language: str) -> str:
    """Render items, or one bundle. Raises KeyError for one that is not there."""
    bundle = catalogue.bundles.get(chosen[0]) if len(chosen) == 1 else None
    items = [member.item for member in bundle.members] if bundle else list(chosen)
    form = merge(catalogue, items, bundle.questions if bundle else ())
    words = _WORDS[language]

    def said(text: Text) -> str:
        return escape(text.in_language(language))

    title = said(bundle.name) if bundle else "、".join(said(item.name) for item in form.items)
    names = {item.id: said(item.name) for item in form.items}
    fields = sum(len(section) for _, section in form.sections)
    asked = sum(len(item.fields) for item in form.items)
    count = words["count"].format(len(form.items), fields, asked, len(form.materials))
    parts = [f"<h1>{title}</h1>", f"<p>{count}</p>"]
    trees = "".join(_tree(item, catalogue, said) for item in form.items if item.questions)
    parts += [f"<h2>{words['questions']}</h2>{trees}"] if trees else []
    parts.append(f"<h2>{words['form']}</h2>")
    for section, shown in form.sections:
        rows = "".join(_field(field, said, names, words) for field in shown)
        parts.append(f"<h3>{said(section.title)}</h3><table>{rows}</table>")
    parts.append(f"<h2>{words['papers']}</h2><table>")
    parts += [_paper(entry, form, said, names, words) for entry in form.materials]
    parts.append(f"</table><h2>{words['checks']}</h2><table>")
    parts += [
        f"<tr><td>{said(check.rule.title)}</td><td>{said(check.rule.department)}</td>"
        f"<td>{said(check.rule.purpose)}</td></tr>"
        for check in form.checks
    ]
    body = "".join([*parts, "</table>"])
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{body}</body></html>\n'


def _tree(item: ServiceItem, catalogue: Catalogue, said: Said) -> str:
    """Draw an item's question tree as a list in lists."""
    names = {scenario.id: said(scenario.name) for scenario in item.scenarios}

    def drawn(question: Question) -> str:
        element = catalogue.elements[question.element]
        labels = dict(catalogue.code_lists[element.code_list or ""].entries)
        rows = []
        for branch in question.branches:
            answers = "、".join(said(labels[code]) for code in branch.codes)
            further = [q for q in item.questions if _leads(question, branch, q)]
            rows.append(f"<li>{answers} → {names[branch.scenario]}{''.join(map(drawn, further))}</li>")
        return f"<p>{said(element.label)}</p><ul>{''.join(rows)}</ul>"

    return f"<h3>{said(item.name)}</h3>{drawn(item.questions[0])}"


def _leads(question: Question, branch: Branch, other: Question) -> bool:
    """Say whether a question is the next one behind a branch: its way ends with that branch's answers."""
    chosen = " || ".join(f"{question.element} == '{code}'" for code in branch.codes)
    way = f"({question.when}) && ({chosen})" if question.when else chosen
    return other.depth == question.depth + 1 and other.when == way


def _field(field: FormField, said: Said, names: Names, words: Words) -> str:
    need = words["required"] if field.required_by else words["optional"]
    if field.choices == ():
        need = words["conflict"]
    return (
        f"<tr><td>{said(field.element.label)} <small><code>{escape(field.element.key)}</code></small></td>"
        f"<td>{need}{_only(field.when, words)}</td><td><small>{_for(field.used_by, names, words)}</small></td></tr>"
    )


def _paper(entry: FormMaterial, form: Form, said: Said, names: Names, words: Words) -> str:
    material = entry.material
    titles = {check.rule.id: said(check.rule.title) for check in form.checks}
    by = "、".join(_stands(one, titles, words) for one in material.replaced_by)
    notes = [words["copies"].format(material.originals, material.copies)]
    notes += [words[note] for note in ("tolerable", "commitment") if getattr(material, note)]
    replaced = f"{words['replaced']} {by}" if by else words["nothing"]
    when = _only((material.when,) if material.when else (), words)
    need = words["required"] if material.required else words["optional"]
    return (
        f"<tr><td>{said(material.name)}</td><td>{need}{when}<br><small>{'，'.join(notes)}</small></td>"
        f"<td>{replaced}<br><small>{_for(entry.used_by, names, words)}</small></td></tr>"
    )


def _stands(by: str, titles: Names, words: Words) -> str:
    """Say what stands for a paper: a check by its title, else card, photo or an earlier scan."""
    kind, _, who = by.partition(":")
    return titles.get(by) or words.get(kind, "{0}").format(escape(who or by))


def _only(whens: tuple[str, ...], words: Words) -> str:
    shown = " || ".join(escape(when) for when in whens)
    return f'<br><span class="when">{words["only"]} <code>{shown}</code></span>' if shown else ""


def _for(used_by: tuple[str, ...], names: Names, words: Words) -> str:
    return f"{words['for']} {'、'.join(names[item] for item in used_by)}" if used_by else ""
