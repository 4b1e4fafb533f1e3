"""Why something cannot be sent, as a code, in; words for people out. Codes are kept, what the other end said is not."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What is wrong with a target, told where it is typed in and again where it is sent to.
TARGETS = {
    "no_address": gettext_lazy("不是网址：请写成 https://主机/路径。"),
    "scheme": gettext_lazy("只能以 %(schemes)s 开头。"),
    "user_info": gettext_lazy("网址里不能带用户名或密码（@ 之前的部分）。"),
    "odd_host": gettext_lazy("主机写法不规范：请用域名，或十进制的 IP 地址。"),
    "port": gettext_lazy("端口 %(port)s 不在允许之列：请管理员加入 LUOSHI_WEBHOOK_HOSTS。"),
    "host": gettext_lazy("主机 %(host)s 不在允许之列：请管理员加入 LUOSHI_WEBHOOK_HOSTS。"),
    "inside": gettext_lazy("主机 %(host)s 指向内部地址，不能发送。"),
    "never": gettext_lazy("主机 %(host)s 指向本机链路、组播或云主机元数据地址，任何时候都不能发送。"),
    "token": gettext_lazy("令牌只能由字母、数字、_ 和 - 组成。"),
    "mail": gettext_lazy("不是电子邮箱地址。"),
    "mail_domain": gettext_lazy("邮箱域名 %(host)s 不在允许之列：请管理员加入 LUOSHI_MAIL_DOMAINS。"),
    "not_offered": gettext_lazy("本系统没有开通这种方式。"),
}
# What went wrong on the way.
SENDING = {
    "no_dns": gettext_lazy("找不到主机"),
    "unreachable": gettext_lazy("连接不上"),
    "timeout": gettext_lazy("超时未应答"),
    "tls": gettext_lazy("证书或加密连接有误"),
    "redirect": gettext_lazy("对方要求转到别处，不予跟随"),
    "answer": gettext_lazy("对方的应答无法理解"),
    "said_no": gettext_lazy("对方拒收"),
    "busy": gettext_lazy("对方要求稍后再发"),
    "server": gettext_lazy("对方服务器出错"),
    "sealed": gettext_lazy("地址无法解密（系统密钥已更换），须重新填写"),
    "fault": gettext_lazy("程序出错"),
}


class Refused(Exception):
    """A target that nothing is sent to: `code` of TARGETS with the words that go into it."""

    def __init__(self, code: str, **about: str) -> None:
        self.code, self.about = code, about
        super().__init__(code)

    def __str__(self) -> str:
        return str(TARGETS[self.code] % self.about)


class Failed(Exception):
    """Something that was not sent: `code` of SENDING; `lasting`: trying again would not help."""

    def __init__(self, code: str, *, lasting: bool = False) -> None:
        self.code, self.lasting = code, lasting
        super().__init__(code)


def told(code: str) -> str:
    """A code that was kept, in the language now active; what a target was refused for without its details."""
    if code in SENDING:
        return str(SENDING[code])
    return _("目标地址不合规（%(code)s）") % {"code": code} if code in TARGETS else code
