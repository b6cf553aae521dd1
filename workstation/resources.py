"""Where the files that ship beside the code are found: fonts, catalogue, style, words and icons."""

from __future__ import annotations

from pathlib import Path

# Debian, UOS and Kylin keep this font in a package of its own; 31 MB of it would fill the repository.
_RARE_CHARACTERS = Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf")
_MORE_CHARACTERS = Path("/usr/share/fonts/truetype/hanazono/HanaMinA.ttf")


def root() -> Path:
    """The folder `resources`, beside the package both in a checkout and in an installed bundle."""
    return Path(__file__).resolve().parent.parent / "resources"


def font_files() -> tuple[Path, ...]:
    """The TrueType files for screen and paper that are here, in the order in which a character looks for a glyph.

    Noto Sans SC has the 8,105 standard characters of GB 18030-2022 levels 1 and 2; HanaMinB adds the rare ones
    of the extensions B to F that names use. A copy in `resources/fonts` wins over the system's.
    """
    kept = root() / "fonts"
    rare = kept / "HanaMinB.ttf"
    wanted = (kept / "NotoSansSC-Regular.ttf", rare if rare.is_file() else _RARE_CHARACTERS)
    return tuple(path for path in wanted if path.is_file())


def paper_font_files() -> tuple[Path, ...]:
    """Those and HanaMinA, which has what both lack of the basic plane and extension A: a sheet loads it when it needs it,
    a window would load it at once."""
    kept = root() / "fonts" / "HanaMinA.ttf"
    more = kept if kept.is_file() else _MORE_CHARACTERS
    return (*font_files(), *((more,) if more.is_file() else ()))


def catalogue_dir() -> Path:
    """The folder of service items, bundles, elements and code lists, as YAML."""
    return root() / "catalogue"


def notice_file() -> Path:
    """What the citizen is told before the first look-up."""
    return root() / "notice" / "verification.yaml"


def documents_dir() -> Path:
    """The folder of templates: one YAML file for each document kind."""
    return root() / "documents"


def colour_profile() -> Path:
    """The ICC profile that archived sheets name: sRGB as LittleCMS builds it, free of any rights."""
    return documents_dir() / "sRGB.icc"


def card_uses_file() -> Path:
    """The register of card applications."""
    return catalogue_dir() / "card_uses.yaml"


def style_sheet() -> Path:
    """The Qt style sheet."""
    return root() / "style.qss"


def translation(language: str) -> Path | None:
    """The compiled words of the interface in `language` ("en"), or None for the source language ("zh")."""
    path = root() / "i18n" / f"workstation_{language}.qm"
    return path if path.is_file() else None


def icon(name: str) -> Path:
    """The drawing called `name`; raise FileNotFoundError, because a missing icon is our own mistake."""
    path = root() / "icons" / f"{name}.svg"
    if not path.is_file():
        raise FileNotFoundError(path)
    return path
