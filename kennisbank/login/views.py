"""Login pages that allauth does not have."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView


class LogOutEverywhere(LoginRequiredMixin, TemplateView):
    """Ends all sessions of one's own account, this one included."""

    template_name = "account/overal_uitloggen.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        request.user.end_sessions()  # type: ignore[union-attr]
        logout(request)
        messages.success(request, "U bent uitgelogd op alle apparaten.")
        return redirect("account_login")
