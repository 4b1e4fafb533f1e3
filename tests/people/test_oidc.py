"""Single sign-on: settings that switch it on, and who comes in by it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

MANAGE = Path(__file__).parents[2] / "manage.py"

# A start of its own, because the apps of allauth for it are there only when it is switched on.
SCRIPT = """
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client, RequestFactory
from luoshi.people.models import Login, User
from luoshi.people.signing.oidc import OurSocialAdapter
call_command("migrate", verbosity=0)
page = Client().get("/accounts/login/").content.decode()
print("button", "用 浙政钉 登录" in page and 'action="/accounts/oidc/oidc/login/' in page)
for name, active in (("zhouyu", True), ("qianshan", False)):
    User.unguarded.create_user(name, name=name, is_active=active)
request = RequestFactory().get("/")
request.session = {}
adapter = OurSocialAdapter(request)
for name in ("zhouyu", "qianshan", "stranger", ""):
    account = SocialAccount(provider="oidc", uid=f"id of {name}", extra_data={"preferred_username": name})
    try:
        adapter.pre_social_login(request, SocialLogin(account=account))
        print(name, SocialAccount.objects.get().user.username)
    except (ImmediateHttpResponse, PermissionDenied) as refused:
        print(name, type(refused).__name__)
print("signup", adapter.is_open_for_signup(request, None))
print("logged", list(Login.unguarded.order_by("pk").values_list("user__username", "how", "outcome")))
"""


def test_it_works(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}
    given = {
        "LUOSHI_HOME": str(tmp_path),
        "LUOSHI_OIDC_ISSUER": "https://sso.example",
        "LUOSHI_OIDC_CLIENT": "luoshi",
        "LUOSHI_OIDC_SECRET": "a secret",
        "LUOSHI_OIDC_NAME": "浙政钉",
        "LUOSHI_HOSTS": "testserver",
    }
    command = [sys.executable, str(MANAGE), "shell", "-v0", "-c", SCRIPT]
    run = subprocess.run(command, env=kept | given, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [
        "button True",
        "zhouyu zhouyu",
        "qianshan ImmediateHttpResponse",
        "stranger PermissionDenied",
        " PermissionDenied",
        "signup False",
        "logged [('qianshan', 'oidc', 'inactive'), (None, 'oidc', 'wrong'), (None, 'oidc', 'wrong')]",
    ]
