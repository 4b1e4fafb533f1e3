"""A whole number and the name of a number format of Word in, the number as Word prints it out."""

from __future__ import annotations

from collections.abc import Callable

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Digits from nought to nine, then ten, hundred and thousand.
_COMMON = ("〇一二三四五六七八九", "十百千")
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟")


def printed(number: int, form: str) -> str:
    """The number in a format of ST_NumberFormat (ISO/IEC 29500-1, 17.18.59); decimal in those not listed."""
    return FORMATS.get(form, str)(number) if number >= 0 else str(number)


def _chinese(number: int, digits: str, tens: str) -> str:
    """一, 十, 十一, 二十, 一百〇一: as lists in Chinese documents count."""
    if not 0 < number < 10000:
        return str(number) if number else digits[0]
    out, gap = "", False
    for power in (3, 2, 1, 0):
        digit, number = divmod(number, 10**power)
        if not digit:
            gap = bool(out)
            continue
        first_ten = power == 1 and digit == 1 and not out and digits[1] == "一"
        out += (digits[0] if gap else "") + ("" if first_ten else digits[digit]) + (tens[power - 1] if power else "")
        gap = False
    return out


def _series(signs: str) -> Callable[[int], str]:
    """Signs of a series, decimal where it has ended."""
    return lambda n: signs[n - 1] if 0 < n <= len(signs) else str(n)


def _letters(number: int) -> str:
    """a … z, aa … zz, aaa: as Word goes on after z; what no list reaches stays decimal."""
    return _LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1) if 0 < number <= 26 * 20 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        out += sign * (number // value)
        number %= value
    return out


def _digits(signs: str) -> Callable[[int], str]:
    return lambda n: str(n).translate(str.maketrans("0123456789", signs))


def _common(number: int) -> str:
    return _chinese(number, *_COMMON)


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda n: "",
    "bullet": lambda n: "",
    "decimalZero": lambda n: f"{n:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "chineseCounting": _common,
    "chineseCountingThousand": _common,
    "taiwaneseCounting": _common,
    "taiwaneseCountingThousand": _common,
    "japaneseCounting": _common,
    "chineseLegalSimplified": lambda n: _chinese(n, *_LEGAL),
    "ideographLegalTraditional": lambda n: _chinese(n, *_LEGAL_TRADITIONAL),
    "ideographDigital": _digits("〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": _digits("〇一二三四五六七八九"),
    "taiwaneseDigital": _digits("〇一二三四五六七八九"),
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "decimalEnclosedCircle": _series(_CIRCLED),
    "decimalEnclosedCircleChinese": _series(_CIRCLED),
    "decimalEnclosedFullstop": _series("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalEnclosedParen": _series("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "ideographEnclosedCircle": _series("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "ideographTraditional": _series("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _series("子丑寅卯辰巳午未申酉戌亥"),
}
