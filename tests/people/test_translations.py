"""Every word that the pages say is there in English, and in Chinese whatever the installation speaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import translation
from django.utils.translation import gettext
from opencc import OpenCC

from luoshi.config.catalogs import SOURCE, compile_catalogs, english_of, strings
from luoshi.ledger.playbook.loading import load_playbooks
from luoshi.traditional import traditional

# Rooms whose strings are all translated; a room is added here when its pages are.
ROOMS = ("calendar", "config", "delivery", "desk", "documents", "intake", "ledger", "people", "places")
HAN = re.compile("[\u4e00-\u9fff]")


def test_it_works() -> None:
    with translation.override("en"):
        assert gettext("督查员") == "Supervisor"


def test_every_string_has_its_english() -> None:
    catalog = english_of()
    found = {message: path for room in ROOMS for message, path in strings(SOURCE / room)}
    assert len(found) > 100
    english = {entry.id: entry.string for entry in catalog}
    missing = [f"{path.name}: {message}" for message, path in found.items() if not english.get(message)]
    assert missing == []
    assert [entry.id for entry in catalog if entry.fuzzy and entry.id] == []


def test_placeholders_stay_the_same() -> None:
    for entry in english_of():
        names = [set(re.findall(r"%\(\w+\)s", str(text))) for text in (entry.id, entry.string)]
        assert not entry.id or names[0] == names[1], entry.id


# Chinese in a template beside the strings that are translated would be Chinese in English.
def test_no_chinese_stands_beside_what_is_translated() -> None:
    for path in [path for room in ("people", "desk") for path in (SOURCE / room / "templates").rglob("*.*")]:
        text = path.read_text("utf-8")
        text = re.sub(r'{% translate ("[^"]*"|\'[^\']*\')( as \w+)? %}|_\("[^"]*"\)|"、"', "", text)
        text = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", text, flags=re.S)
        assert not HAN.search(text), path.name


def test_chinese_is_chinese_where_english_is_the_installations() -> None:
    with override_settings(LANGUAGE_CODE="en"):
        translation.trans_real._translations.clear()  # type: ignore[attr-defined]
        with translation.override("zh-hans"):
            assert gettext("督查员") == "督查员"
    translation.trans_real._translations.clear()  # type: ignore[attr-defined]


def test_a_fuzzy_entry_is_no_translation(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "甲"\nmsgstr "A"\n\n#, fuzzy\nmsgid "乙"\nmsgstr "B"\n', "utf-8")
    written = {path.parent.parent.name: path.read_bytes() for path in compile_catalogs(tmp_path)}
    assert set(written) == {"en", "zh_Hans", "zh_Hant"}
    assert "甲".encode() in written["en"] and "乙".encode() not in written["en"]


def test_traditional_chinese_is_whole_and_says_the_same() -> None:
    simplify = OpenCC("t2s").convert
    for entry in english_of():
        if entry.id:
            told = traditional(str(entry.id))
            assert traditional(told) == told and simplify(told) == simplify(str(entry.id)), entry.id
    with translation.override("zh-hant"):
        assert (gettext("督查员"), gettext("台账表格")) == ("督查員", "台賬表格")
    task = load_playbooks().latest("task")
    assert task.move("sign").name.of("zh-hant") == "簽收"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("simplified", "full"),
    [
        ("台账、平台、出台", "台賬、平台、出台"),
        ("核查、复核", "核查、複核"),
        ("为群众减负", "為群眾減負"),
        ("卫健、户", "衛健、戶"),
        ("了解、家具", "了解、家具"),
        ("%(since)s 至 %(until)s", "%(since)s 至 %(until)s"),
    ],
)
def test_traditional_as_offices_print_it(simplified: str, full: str) -> None:
    assert traditional(simplified) == full


def test_a_string_with_two_translations_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for name, english in (("one", "A"), ("two", "B")):
        (folder / f"{name}.po").write_text(f'msgid "甲"\nmsgstr "{english}"\n', "utf-8")
    with pytest.raises(ValueError, match=r"two\.po"):
        compile_catalogs(tmp_path)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_words_of_allauth_are_ours(language: str) -> None:
    """What allauth would say in its own words of a language it may not know in full."""
    from luoshi.people.signing.adapter import OurAdapter

    with translation.override(language):
        said = str(OurAdapter.error_messages["username_password_mismatch"])
    assert bool(HAN.search(said)) is (language == "zh-hans")
