"""Whether the operator's card is in its reader: told by the monitor, heard by the window."""

from __future__ import annotations

from collections.abc import Callable

from workstation.services.ports import CardPresence


class OperatorSlot:
    """Joins the monitor of the operator's reader with whoever listens. `see` is called from the monitor's thread."""

    def __init__(self) -> None:
        self._there = False
        self._gone: Callable[[], object] = lambda: None
        self._came: Callable[[], object] = lambda: None

    def listen(self, gone: Callable[[], object], came: Callable[[], object] = lambda: None) -> None:
        """Tell from now on, in the monitor's thread; it replaces who listened before."""
        self._gone, self._came = gone, came

    def see(self, presence: CardPresence) -> None:
        """A card that was there and is not any more has gone, whatever the cause: pulled, reader unplugged, service dead."""
        before, self._there = self._there, presence is CardPresence.PRESENT
        if before and not self._there:
            self._gone()
        elif self._there and not before:
            self._came()

    @property
    def there(self) -> bool:
        """Say whether a card is in the reader."""
        return self._there
