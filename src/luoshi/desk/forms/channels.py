"""A kind of channel and what somebody chose before in, the form for it out; what was typed, as `Choice`, back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.delivery.actions import Choice, target_of
from luoshi.delivery.models import Channel, Kind, Rhythm
from luoshi.delivery.targets import LONGEST
from luoshi.delivery.timing import Wishes

TARGETS = {
    Kind.MAIL: gettext_lazy("邮箱地址"),
    Kind.WEBHOOK: gettext_lazy("回调网址"),
    Kind.DINGTALK: gettext_lazy("机器人令牌（access_token）"),
    Kind.WECOM: gettext_lazy("机器人密钥（key）"),
    Kind.FEISHU: gettext_lazy("机器人令牌（hook 之后的部分）"),
}
# Of what is kept, as much is shown: enough to tell two apart, too little to use.
SHOWN = 4


def _time(label: Any, *, required: bool = False) -> forms.TimeField:
    return forms.TimeField(label=label, required=required, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


class ChannelForm(forms.Form):
    """One way to be told."""

    on = forms.BooleanField(required=False, label=gettext_lazy("启用"))
    target = forms.CharField(required=False, max_length=LONGEST, strip=True)
    secret = forms.CharField(required=False, max_length=200, strip=True, label=gettext_lazy("加签密钥（SEC 开头）"))
    renew = forms.BooleanField(required=False, label=gettext_lazy("换发签名密钥"))
    rhythm = forms.ChoiceField(choices=Rhythm.choices, label=gettext_lazy("频率"))
    digest_at = _time(gettext_lazy("汇总时间"), required=True)
    quiet_from = _time(gettext_lazy("免打扰自"))
    quiet_to = _time(gettext_lazy("免打扰至"))

    def __init__(self, kind: str, channel: Channel | None, data: Any = None, *, own_mail: str = "") -> None:
        self.kind, self.channel = Kind(kind), channel
        self.kept = target_of(channel) if channel else ""
        super().__init__(data, prefix=kind, initial=self._initial(own_mail))
        target = self.fields["target"]
        target.label, target.help_text = TARGETS[self.kind], self._hint()
        for name in self._left_out():
            del self.fields[name]
        if self.kind != Kind.MAIL:
            target.widget.attrs["autocomplete"] = "off"
        if "secret" in self.fields:
            self.fields["secret"].widget = forms.PasswordInput({"autocomplete": "off"})
            self.fields["secret"].help_text = _("机器人的安全设置选了“加签”才填；留空不变。")

    @property
    def choice(self) -> Choice:
        """What was typed; the form must be valid."""
        said = self.cleaned_data
        wishes = Wishes(said["rhythm"] == Rhythm.DAILY, said["digest_at"], said["quiet_from"], said["quiet_to"])
        return Choice(said["on"], said["target"], said.get("secret", ""), wishes, said.get("renew", False))

    def clean(self) -> dict[str, Any]:
        """Quiet begins and ends; what is switched on leads somewhere."""
        said = self.cleaned_data
        if (said.get("quiet_from") is None) != (said.get("quiet_to") is None):
            self.add_error("quiet_to", _("免打扰的起止时间要么都填，要么都不填。"))
        if said.get("on") and not said.get("target") and not self.kept:
            self.add_error("target", _("启用前请填写地址。"))
        return said

    def _initial(self, own_mail: str) -> dict[str, Any]:
        row = self.channel or Channel(on=False)
        wanted = {name: getattr(row, name) for name in ("on", "rhythm", "digest_at", "quiet_from", "quiet_to")}
        address = self.kept if self.channel else own_mail
        return {**wanted, "target": address if self.kind == Kind.MAIL else ""}

    def _hint(self) -> str:
        if self.channel and self.channel.sealed and not self.kept:
            return _("已保存的地址无法解密（系统密钥已更换），请重新填写。")
        if self.kept and self.kind != Kind.MAIL:
            return _("已保存，末尾是 %(end)s；留空不变。") % {"end": self.kept[-SHOWN:]}
        return ""

    def _left_out(self) -> set[str]:
        without = set()
        if self.kind != Kind.DINGTALK:
            without.add("secret")
        if self.kind != Kind.WEBHOOK or not self.kept:
            without.add("renew")
        return without
