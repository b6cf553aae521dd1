"""Each guard of the privacy at the counter and of the named algorithms is taken out in turn, and a test must notice."""

from __future__ import annotations

import pytest

from tests.mutants import Fate, Mutant, Orchard

_PRIVACY = "tests/ui/test_privacy.py"
_NAMES = "tests/unit/test_algorithms.py"
MUTANTS = (
    Mutant(
        "values are shown unmasked",
        "workstation/services/show_visit.py",
        "shown=masked(element, value),",
        "shown=value,",
        "tests/unit/test_desk.py::test_nothing_personal_is_shown_in_clear_typed_or_not",
    ),
    Mutant(
        "a revealed field stays in clear",
        "workstation/ui/form/panel.py",
        "self._clear.over.connect(self.cover)",
        "self._clear.over.connect(self._clear.stop)",
        f"{_PRIVACY}::test_a_revealed_field_is_masked_when_the_time_is_up_though_the_clerk_is_in_it",
    ),
    Mutant(
        "a copy stays in the clipboard",
        "workstation/ui/clipboard.py",
        "            timer.start()\n",
        "            timer.stop()\n",
        f"{_PRIVACY}::test_a_copied_name_leaves_the_clipboard_by_itself",
    ),
    Mutant(
        "the name of the algorithm is not signed",
        "wire/signed.py",
        'return said if said["algorithm"] else {',
        "return {",
        f"{_NAMES}::test_the_name_of_the_algorithm_is_under_the_signature"
        f" {_NAMES}::test_the_name_is_under_the_signature_of_a_receipt",
    ),
)
MORE = (
    Mutant(
        "names are not masked",
        "workstation/domain/identity.py",
        'return name[:1] + "*" * max(1, len(name) - 1) if name else ""',
        "return name",
        f"{_PRIVACY}::test_no_page_shows_a_person_in_clear",
    ),
    Mutant(
        "a look leaves no trace",
        "workstation/services/intake.py",
        "self._note(Deed.REVEALED, visit.case, key)",
        "str(key)",
        f"{_PRIVACY}::test_no_page_shows_a_person_in_clear",
    ),
    Mutant(
        "the revealed person stays in clear",
        "workstation/ui/intake/person_strip.py",
        "self._clear.over.connect(self.hide_clear)",
        "self._clear.over.connect(self._hide_pin)",
        f"{_PRIVACY}::test_a_revealed_person_is_masked_when_the_time_is_up",
    ),
    Mutant(
        "another page leaves it in clear",
        "workstation/ui/pages/intake.py",
        "        super().hideEvent(event)\n        self.cover()\n",
        "        super().hideEvent(event)\n",
        f"{_PRIVACY}::test_whoever_leaves_leaves_nothing_in_clear",
    ),
    Mutant(
        "another window leaves it in clear",
        "workstation/ui/window.py",
        "            self.cover(clipboard=False)\n",
        "            self.isActiveWindow()\n",
        f"{_PRIVACY}::test_another_window_in_front_masks",
    ),
    Mutant(
        "closing leaves the clipboard",
        "workstation/ui/window.py",
        "            self.shell.commit_typing()\n        self.cover(clipboard=True)\n",
        "            self.shell.commit_typing()\n        self.cover(clipboard=False)\n",
        f"{_PRIVACY}::test_signing_out_and_closing_take_the_copy_back",
    ),
    Mutant(
        "typed values stay in clear",
        "workstation/ui/form/editor.py",
        "self._lingers.timeout.connect(self._render_unless_typing)",
        "self._lingers.timeout.connect(self._lingers.start)",
        f"{_PRIVACY}::test_what_was_typed_is_clear_while_it_is_typed_and_masked_a_moment_after",
    ),
    Mutant(
        "any algorithm is agreed to",
        "wire/algorithms.py",
        "    if (name or ED25519) != agreed:\n        return False\n",
        "",
        f"{_NAMES}::test_a_good_signature_of_another_algorithm_than_agreed_is_a_downgrade",
    ),
    Mutant(
        "a mixed set is agreed to",
        "workstation/sync/client.py",
        "if missing or SETS.get(enrolment.algorithms.name) != enrolment.algorithms:",
        "if missing:",
        f"{_NAMES}::test_a_set_that_is_missing_unknown_or_mixed_is_not_agreed_to",
    ),
    Mutant(
        "the wrap is not bound to its name",
        "workstation/security/passphrase.py",
        'f"one-window key 2 {_KDF} {name}".encode()',
        "_FIRST_BOUND",
        f"{_NAMES}::test_another_name_in_the_key_file_opens_nothing",
    ),
)
# A change that changes nothing: were it "killed", the harness would call anything dead.
HARMLESS = Mutant(
    "nothing",
    "wire/algorithms.py",
    'class NotOffered(ValueError):\n    """A name',
    'class NotOffered(ValueError):\n    """Any name',
    f"{_NAMES}::test_only_sm2_is_missing_and_nothing_signs_with_it",
)


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Orchard:
    return Orchard(tmp_path_factory.mktemp("mutants"))


@pytest.mark.parametrize(
    "mutant",
    # Each takes a run of pytest of its own: one for each kind of guard here, the others with the long harnesses.
    [*MUTANTS[::3], *(pytest.param(m, marks=pytest.mark.long) for n, m in enumerate(MUTANTS) if n % 3)],
    ids=lambda mutant: mutant.name,
)
def test_a_guard_that_is_gone_is_noticed(orchard: Orchard, mutant: Mutant) -> None:
    assert orchard.fate(mutant) is Fate.KILLED


@pytest.mark.long
@pytest.mark.parametrize("mutant", MORE, ids=lambda mutant: mutant.name)
def test_each_further_guard_that_is_gone_is_noticed(orchard: Orchard, mutant: Mutant) -> None:
    assert orchard.fate(mutant) is Fate.KILLED


def test_a_change_that_changes_nothing_survives_and_one_that_breaks_all_is_no_kill(orchard: Orchard) -> None:
    assert orchard.fate(HARMLESS) is Fate.SURVIVED
    torn = Mutant(
        "torn", HARMLESS.file, "class NotOffered(ValueError):", "class NotOffered(:", HARMLESS.tests
    )
    assert orchard.fate(torn) is Fate.BROKEN


def test_every_mutant_still_finds_its_place() -> None:
    from tests.mutants import ROOT

    for mutant in (*MUTANTS, *MORE, HARMLESS):
        assert (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.before) == 1, mutant.name
