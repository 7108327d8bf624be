"""Who has nothing but her mail proves by it that she is there."""

from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.views import BaseReauthenticateView
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from ..proof import ProofByCode


@method_decorator(login_required, name="dispatch")
class ProveByCodeView(BaseReauthenticateView):
    """First a button, for looking sends nothing; then the field for the code."""

    form_class = ConfirmLoginCodeForm
    template_name = "account/reauthenticate_by_code.html"

    def setup(self, request, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.process = ProofByCode.resume(request) if request.user.is_authenticated else None

    def post(self, request, *args, **kwargs) -> HttpResponse:
        if "send" in request.POST or not self.process:
            return self.send()
        return super().post(request, *args, **kwargs)

    def send(self) -> HttpResponse:
        refused = ratelimit.consume_or_429(self.request, action="request_login_code", key=self.request.user.email_key)
        if not refused:
            ProofByCode.begin(self.request)
        return refused or self.again()

    def again(self) -> HttpResponse:
        return redirect(self.passthrough_next_url(self.request.path))

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"code": self.process.code if self.process else ""}

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(is_sent=bool(self.process), **kwargs)

    def form_valid(self, form) -> HttpResponse:
        self.process.finish()
        return super().form_valid(form)

    def form_invalid(self, form) -> HttpResponse:
        if self.process.record_invalid_attempt():
            return super().form_invalid(form)
        messages.error(self.request, _("Too many wrong codes. Ask for a new one."))
        return self.again()


prove_by_code = ProveByCodeView.as_view()
