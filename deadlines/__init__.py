"""Days and limits of a case: which days work, what counts, when something is due. Pure; workstation and hall both compute here."""
