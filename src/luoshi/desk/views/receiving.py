"""Who asks in, where and when they want to be told out, as forms; kept, or erased, as they say."""

from __future__ import annotations

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from luoshi.delivery.actions import choose, forget
from luoshi.delivery.faults import Refused
from luoshi.delivery.models import Channel
from luoshi.delivery.offering import offered

from ..forms.channels import ChannelForm
from ..who import user_of

PAGE = "desk/delivery/receiving.html"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def receiving(request: HttpRequest) -> HttpResponse:
    """A form for each way that the office offers; one is sent at a time."""
    user, kind = user_of(request), request.POST.get("kind", "")
    channels = {row.kind: row for row in Channel.unguarded.filter(user=user)}
    if request.method == "POST" and kind in channels and "forget" in request.POST:
        forget(user, [kind], timezone.now())
        notes.success(request, _("地址和密钥已清除。"))
        return redirect("receiving")
    forms = {
        each: ChannelForm(each, channels.get(each), request.POST if each == kind else None, own_mail=user.email)
        for each in offered()
    }
    sent = forms.get(kind)
    if request.method == "POST" and sent is not None and sent.is_valid():
        try:
            secret = choose(user, kind, sent.choice, timezone.now())
        except Refused as refused:
            sent.add_error("target", str(refused))
        else:
            if secret:
                # Shown in this answer alone, and kept in no cookie on the way to another.
                forms[kind] = ChannelForm(kind, Channel.unguarded.get(user=user, kind=kind))
                return render(request, PAGE, {"forms": forms.values(), "secret": secret})
            notes.success(request, _("接收设置已保存。"))
            return redirect("receiving")
    status = 422 if request.method == "POST" else 200
    return render(request, PAGE, {"forms": forms.values()}, status=status)


urlpatterns = [path("receiving/", receiving, name="receiving")]
