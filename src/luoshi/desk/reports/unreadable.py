"""What the reader says of a file that it cannot read in, the same in the language of who sent it out."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Words of the reader's message (luoshi.reading.sources), and what the page says; the first that fits.
SAID = (
    ("encrypted", gettext_lazy("文件有密码；请打开后另存一份没有密码的再传。")),
    ("old Word, Excel or WPS", gettext_lazy("这是旧版 Word、Excel 或 WPS 文件；请打开后另存为 .docx 或 .xlsx 再传。")),
    (r"RTF|\.xlsb|OpenDocument", gettext_lazy("还不能读这种格式；请打开后另存为 .docx 或 .xlsx 再传。")),
    ("a presentation", gettext_lazy("这是演示文稿；请把文字另存为 .docx 或 .txt 再传。")),
    ("cut off or damaged|is damaged|breaks at|no sound", gettext_lazy("文件损坏或不完整；请重新取一份再传。")),
    ("gzip|RAR|ZIP file", gettext_lazy("这是压缩包；请解压后把里面的文件传上来。")),
    ("GIF|a program|binary data", gettext_lazy("这不是文稿；请把文字另存为 .docx 或 .txt 再传。")),
    ("is empty|no text", gettext_lazy("文件里没有文字；请看看是不是传错了。")),
    ("pictures of pages|recognising", gettext_lazy("这是扫描件，没有可读的文字；请传有文字的版本。")),
    ("more package", gettext_lazy("服务器还缺读这种文件的组件；请告诉管理员。")),
    ("split it|more than|too large", gettext_lazy("文件太大；请拆开再传。")),
)


def in_words(said: str) -> str:
    """One line that says what is wrong and what to do; what nobody foresaw stays in the reader's own words."""
    for words, told in SAID:
        if re.search(words, said):
            return str(told)
    return _("读不了这个文件（%(why)s）。") % {"why": said}
