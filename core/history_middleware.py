"""What the history of a change keeps of the request that made it."""

from __future__ import annotations

from typing import Any

from pghistory.middleware import HistoryMiddleware


class AddressedHistoryMiddleware(HistoryMiddleware):
    """The person, the page, and the network address the request really came from.

    The address is the one the server saw: a header that claims another is not believed.
    """

    def get_context(self, request: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request)
        address = request.META.get("REMOTE_ADDR")
        return {**context, "address": address} if address else context
