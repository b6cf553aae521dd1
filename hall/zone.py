"""The hall's own days: Beijing's, which have known no summer time since 1991."""

from __future__ import annotations

from datetime import timedelta, timezone

HALL_ZONE = timezone(timedelta(hours=8))
