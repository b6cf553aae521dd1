"""Passwords against argon2id hashes."""

from __future__ import annotations


class Argon2Passwords:
    """See services.ports.Passwords."""

    def fits(self, password: str, password_hash: str) -> bool:
        """Say whether the password is the one; a hash that is none fits nothing."""
        from argon2 import PasswordHasher  # noqa: PLC0415 - loaded only when somebody signs in
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415

        try:
            return PasswordHasher().verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False
