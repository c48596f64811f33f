"""The settings of the extension, declared once; the documentation lists them from here."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, NamedTuple

from sphinx.errors import ConfigError

from ..evidence.common.retired import SETTINGS as RETIRED
from ..evidence.common.retired import Retired, migration
from ..evidence.nearest import did_you_mean
from ..wording.rules import shipped_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config


class Setting(NamedTuple):
    """One value of `conf.py`: its name, default, types, what a change rebuilds, and what it is for."""

    name: str
    default: str | int | list[str] | dict[str, object]
    types: tuple[type, ...]
    rebuild: Literal["env", "html", ""]
    doc: str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "mecfs_register",
        "",
        (str,),
        "env",
        "A TOML file, relative to `conf.py`, that takes the place of the shipped register: the case definitions of "
        "another condition, and the words of its badge. Empty: the shipped register.",
    ),
    Setting(
        "mecfs_definitions",
        [],
        (list, tuple),
        "env",
        "TOML files of case definitions, relative to `conf.py`, that are added to the register.",
    ),
    Setting(
        "mecfs_base_title",
        "",
        (str,),
        "env",
        "The name of the evidence base in the line that cites a card; empty: the project's name.",
    ),
    Setting(
        "mecfs_base_url",
        "",
        (str,),
        "env",
        "The address at which the base is published, for the line that cites a card; empty: `html_baseurl`.",
    ),
    Setting(
        "mecfs_contribute_url",
        "",
        (str,),
        "env",
        "Where to report a problem with a card or question: an address; `{key}` and `{snapshot}` in it are replaced. "
        "Empty: none.",
    ),
    Setting(
        "mecfs_badge_page",
        "",
        (str,),
        "env",
        "The document that explains the PEM badge, linked once from every card; empty: no link.",
    ),
    Setting(
        "mecfs_data",
        default=True,
        types=(bool,),
        rebuild="html",
        doc="Whether a website brings the data of the whole base along, as files in its folder `data`.",
    ),
    Setting(
        "mecfs_fulltext",
        default=False,
        types=(bool,),
        rebuild="html",
        doc="Whether Pagefind makes an index of the full text of a website, in which the explorer then searches too. "
        "Needs `pip install sphinx-mecfs[search]`.",
    ),
    Setting(
        "mecfs_table_rows",
        200,
        (int,),
        "html",
        "How many rows of an `evidence-table` a browser shows at once; more are shown when they are asked for, and "
        "filters and orders take all. Without scripts, and on paper, a table is whole. 0: all rows at once.",
    ),
    Setting(
        "mecfs_license",
        "",
        (str,),
        "html",
        "The licence of cards, questions and data, for machines: an SPDX identifier such as `CC-BY-4.0`, or an "
        "address. Empty: none is stated.",
    ),
    Setting(
        "mecfs_reading_grade",
        0,
        (int, float),
        "env",
        "The highest Flesch-Kincaid school grade that a Summary may have before the build warns; 0: not measured. "
        "Needs `pip install sphinx-mecfs[grade]`.",
    ),
    Setting(
        "mecfs_reading_aids",
        default=True,
        types=(bool,),
        rebuild="html",
        doc="Whether pages of a website say how long they take to read and have a short version to switch to.",
    ),
    Setting(
        "mecfs_reading_speed",
        180,
        (int,),
        "html",
        "Words per minute for the time that a page takes to read; 0: no time is given. "
        "Most adults read 175 to 300 words of non-fiction (Brysbaert 2019, doi:10.1016/j.jml.2019.104047); the default "
        "is near the slow end, for readers who are tired.",
    ),
    Setting(
        "mecfs_search_max_age",
        730,
        (int,),
        "",
        "How many days old the last search for a question may be before the build warns; 0: any age will do.",
    ),
    Setting(
        "mecfs_pdf_limit",
        2000,
        (int,),
        "",
        "How many studies one PDF may hold before the build warns and says how to make several; 0: any number. By "
        "Typst, for 2,000 about 4 GB of memory are to be expected.",
    ),
    Setting(
        "mecfs_external",
        {},
        (dict,),
        "",
        "Other bases that pages cite: by name a pair of the address of the base and where its data file is (a file, an "
        "address, a list of these, or `None`: below the address of the base).",
    ),
    Setting(
        "mecfs_wording",
        default=True,
        types=(bool, list, tuple),
        rebuild="env",
        doc="Whether the words of cards, questions and chapters are held to the rules for wording, which are for texts "
        "in English; or a list of the rules and groups of rules that are left out.",
    ),
)


def check(_app: Sphinx, config: Config) -> None:
    """Stop a build that asks for what is not installed, or does not exist or no longer."""
    refuse_retired(config, RETIRED)
    if config.mecfs_reading_grade and find_spec("textstat") is None:
        message = 'mecfs_reading_grade needs textstat: pip install "sphinx-mecfs[grade]"'
        raise ConfigError(message)
    if config.mecfs_fulltext and find_spec("pagefind") is None:
        message = 'mecfs_fulltext needs Pagefind: pip install "sphinx-mecfs[search]"'
        raise ConfigError(message)
    left_out = config.mecfs_wording if isinstance(config.mecfs_wording, list | tuple) else ()
    ids = shipped_rules().ids
    for name in left_out:
        if name not in ids:
            message = f"mecfs_wording leaves out {name!r}, which is no rule{did_you_mean(str(name), ids)}"
            raise ConfigError(message)


def refuse_retired(config: Config, retired: Sequence[Retired]) -> None:
    """Raise `ConfigError` for a setting that once was, and say what to write now."""
    for former in retired:
        if config[former.name] is not None:
            raise ConfigError(migration(former.name, retired))


def register(app: Sphinx) -> None:
    """Declare the settings to Sphinx."""
    for setting in SETTINGS:
        app.add_config_value(
            setting.name,
            setting.default,
            setting.rebuild,
            types=frozenset(setting.types),
            description=setting.doc,
        )
    # Names that Sphinx does not know can be written in conf.py without a word: these are known, to be asked about.
    for former in RETIRED:
        app.add_config_value(former.name, None, "")
    app.connect("config-inited", check)
