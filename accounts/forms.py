"""Forms of sign-in, of one's own account, and of the administration of users."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.passwords import LONGEST
from accounts.queries import account_values
from accounts.rules import OWN_ROLE
from accounts.signing_in import confirms_password
from core.access import ROLES
from core.forms import PlainForm, Section, Segmented
from core.normalise import clean_text
from core.refusals import Refused
from towns.models import Town

LONGEST_USERNAME = 60
LONGEST_TOKEN = 40  # a code with spaces and hyphens between its characters

UNKNOWN_PASSWORD = _("现在的密码不正确。")


def password_field(label: Any, *, autocomplete: str, **options: Any) -> forms.CharField:
    """A password as typed: spaces at its ends are part of it."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, widget=widget, **options)


def focus_when_new(form: forms.Form, name: str) -> None:
    """Start typing at once; a form that comes back starts at what is wrong with it."""
    if not form.is_bound:
        form.fields[name].widget.attrs["autofocus"] = True


def role_choices() -> list[tuple[str, SafeString]]:
    """Every role with what it is for, in the role's own words."""
    return [
        (role.key, format_html("<b>{}</b><small>{}</small>", role.title, role.description))
        for role in ROLES.values()
    ]


class SignInForm(PlainForm):
    """A user name and a password; only their shape is checked here."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=LONGEST_USERNAME,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
    password = password_field(_("密码"), autocomplete="current-password", max_length=LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        focus_when_new(self, "username")

    def clean_username(self) -> str:
        # Compatibility characters may unfold into several; no account has a longer name.
        return User.normalize_username(self.cleaned_data["username"])[:LONGEST_USERNAME]


class OwnPasswordForm(PlainForm):
    """The present password, asked for before something that must not be done by a passer-by."""

    password = password_field(_("现在的密码"), autocomplete="current-password", max_length=LONGEST)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not confirms_password(self.request, password):
            raise ValidationError(UNKNOWN_PASSWORD, code="unknown_password")
        return password


class ChangePasswordForm(OwnPasswordForm):
    """A new password, twice, that the profile in use accepts."""

    new_password = password_field(_("新密码"), autocomplete="new-password")
    again = password_field(_("再输一次新密码"), autocomplete="new-password")

    def clean_new_password(self) -> str:
        password: str = self.cleaned_data["new_password"]
        validate_password(password, cast(User, self.request.user))
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = cleaned.get("new_password")
        if chosen and "again" in cleaned and chosen != cleaned["again"]:
            self.add_error("again", ValidationError(_("两次输入的新密码不一致。"), code="differ"))
        return cleaned


class TokenForm(PlainForm):
    """A code of the authenticator app, or a recovery code."""

    token = forms.CharField(
        label=_("验证码"),
        max_length=LONGEST_TOKEN,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "is-code",
            }
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        focus_when_new(self, "token")


class ProfileForm(PlainForm):
    """What a person may change about their own account."""

    work_phone = forms.CharField(
        label=_("办公电话"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(label=_("界面语言"), choices=settings.LANGUAGES, widget=Segmented)

    def clean_work_phone(self) -> str:
        return clean_text(self.cleaned_data["work_phone"])


class UserForm(PlainForm):
    """Who a person is and what they may do."""

    sections: ClassVar[Sequence[Section]] = (
        Section("", (("name", "work_phone"),)),
        Section(_("角色与街镇"), ("role", "towns")),
    )

    name = forms.CharField(label=_("姓名"), max_length=60)
    work_phone = forms.CharField(
        label=_("办公电话"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    role = forms.ChoiceField(
        label=_("角色"), choices=role_choices, widget=forms.RadioSelect(attrs={"class": "choices"})
    )
    towns = forms.ModelMultipleChoiceField(
        label=_("所在街镇"),
        queryset=Town.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices is-short"}),
        help_text=_("只有街镇联络员需要选择，可以选几个。"),
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns: Any = self.fields["towns"]
        towns.queryset = Town.objects.visible_to(viewer).in_official_order()

    def clean_name(self) -> str:
        return clean_text(self.cleaned_data["name"])

    def clean_work_phone(self) -> str:
        return clean_text(self.cleaned_data["work_phone"])


class NewUserForm(UserForm):
    """The same, with the name to sign in by."""

    sections: ClassVar[Sequence[Section]] = (
        Section("", (("username", "name"), "work_phone")),
        Section(_("角色与街镇"), ("role", "towns")),
    )

    username = forms.CharField(
        label=_("用户名"),
        max_length=LONGEST_USERNAME,
        help_text=_("登录用，以后不能更改；不分大小写。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


class EditUserForm(UserForm):
    """The same over an account that is there. ``opened`` carries how it stood when it was opened,
    so that what somebody else wrote meanwhile is not overwritten unseen."""

    opened = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, edited: User, viewer: User, **kwargs: Any) -> None:
        stands = account_values(edited)
        initial = {**stands, "opened": stands}
        super().__init__(*args, viewer=viewer, initial=initial, **kwargs)
        if edited == viewer:
            self.fields["role"].disabled = True
            self.fields["role"].help_text = str(OWN_ROLE)

    def clean_opened(self) -> dict[str, Any]:
        opened = self.cleaned_data["opened"]
        return opened if isinstance(opened, dict) else {}

    def add_refusal(self, refused: Refused) -> None:
        """Tell what is refused; whoever sends the form again has seen how the account stands."""
        super().add_refusal(refused)
        sent: Any = self.data
        self.data = sent = sent.copy()
        sent["opened"] = json.dumps(self.initial["opened"])
