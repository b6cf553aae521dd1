"""python -m hall staff add|remove|list|passwd|roles|card|policy: the people of the stations, from a terminal.

A password is read from the terminal without echo, or as one line from standard input; it is never an argument, because
arguments of programs can be seen by everybody on a machine.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import replace

from sqlalchemy import Connection

from hall.staffing import (
    StaffRefused,
    account_of,
    accounts_of,
    add_staff,
    change_staff,
    person_id,
    policy,
    remove_staff,
    set_policy,
)
from wire.keys import unb64
from wire.messages import Role, StaffAccount

LEAST_PASSWORD = 8  # characters; the demo's own people are made by hall/demo
_KINDS = ("refuse", "tolerate", "void", "reopen")


def add_parsers(parent: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """Describe the commands; returned so that the caller can give all of them the database."""
    verbs = parent.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="give somebody an account")
    add.add_argument("--name", required=True)
    add.add_argument("--window", default="00", help="two digits")
    add.add_argument(
        "--person",
        required=True,
        metavar="NUMBER",
        help="identity number of the human being; only a keyed hash is kept, which tells one person's accounts",
    )
    roles = verbs.add_parser("roles", help="change what somebody may do")
    remove = verbs.add_parser("remove", help="end an account")
    passwd = verbs.add_parser("passwd", help="set a new password")
    card = verbs.add_parser("card", help="bind an operator card, or let it go")
    card.add_argument("--key", default="", help="the card's public key, base64url; nothing lets the card go")
    show = verbs.add_parser("list", help="list the accounts of a station")
    rules = verbs.add_parser(
        "policy", help="show or set what stations may do while they do not hear the hall"
    )
    rules.add_argument("--sign-in-days", type=int)
    rules.add_argument("--warn-days", type=int)
    rules.add_argument(
        "--offline-approvals", metavar="KINDS", help=f"words of {', '.join(_KINDS)} between commas"
    )
    for verb in (add, roles):
        verb.add_argument("--roles", required=True, help=f"words of {', '.join(Role)} between commas")
    for verb in (add, roles, remove, passwd, card):
        verb.add_argument("--login", required=True)
    for verb in (add, roles, remove, passwd, card, show):
        verb.add_argument("--station", required=True)
    return [add, roles, remove, passwd, card, show, rules]


def run(db: Connection, given: argparse.Namespace) -> int:
    """Carry a command out; 1 when it makes no sense, said on standard error."""
    try:
        _run(db, given)
    except (StaffRefused, ValueError) as refused:
        sys.stderr.write(f"not done: {refused}\n")
        return 1
    return 0


def _run(db: Connection, given: argparse.Namespace) -> None:
    if given.verb == "list":
        for each in accounts_of(db, given.station):
            roles = ",".join(each.roles)
            card = "card" if each.card_key else "-"
            sys.stdout.write(f"{each.login}\t{roles}\t{each.window}\t{each.person}\t{card}\t{each.name}\n")
    elif given.verb == "add":
        person = person_id(db, given.person)
        account = StaffAccount(
            given.login, given.name, _roles(given.roles), _new_hash(), given.window, person
        )
        add_staff(db, given.station, account)
    elif given.verb == "remove":
        remove_staff(db, given.station, given.login)
    elif given.verb == "policy":
        _policy(db, given)
    else:
        account = account_of(db, given.station, given.login)
        change_staff(db, given.station, _changed(account, given))


def _changed(account: StaffAccount, given: argparse.Namespace) -> StaffAccount:
    if given.verb == "roles":
        return replace(account, roles=_roles(given.roles))
    if given.verb == "card":
        if given.key and len(unb64(given.key)) != 32:
            raise ValueError("a card's public key has 32 bytes")
        return replace(account, card_key=given.key or None)
    return replace(account, password_hash=_new_hash())


def _policy(db: Connection, given: argparse.Namespace) -> None:
    rules = policy(db)
    if given.sign_in_days is not None:
        rules = replace(rules, sign_in_days=given.sign_in_days)
    if given.warn_days is not None:
        rules = replace(rules, warn_days=given.warn_days)
    if given.offline_approvals is not None:
        kinds = tuple(word for word in given.offline_approvals.split(",") if word)
        if not set(kinds) <= set(_KINDS):
            raise ValueError(f"kinds are {', '.join(_KINDS)}")
        rules = replace(rules, offline_approvals=kinds)
    if rules.sign_in_days < 1 or not 0 <= rules.warn_days <= rules.sign_in_days:
        raise ValueError("at least one day, and no warning before the beginning")
    if rules != policy(db):
        set_policy(db, rules)
    kinds_said = ",".join(rules.offline_approvals) or "-"
    sys.stdout.write(
        f"sign_in_days {rules.sign_in_days}\twarn_days {rules.warn_days}\toffline_approvals {kinds_said}\n"
    )


def _roles(words: str) -> tuple[Role, ...]:
    return tuple(dict.fromkeys(Role(word) for word in words.split(",")))


def _new_hash() -> str:
    from argon2 import PasswordHasher  # noqa: PLC0415 - only set-up hashes passwords

    terminal = sys.stdin.isatty()
    password = getpass.getpass() if terminal else sys.stdin.readline().rstrip("\n")
    if len(password) < LEAST_PASSWORD:
        raise ValueError(f"a password has at least {LEAST_PASSWORD} characters")
    return PasswordHasher().hash(password)
