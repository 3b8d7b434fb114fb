"""What a token is, and for whom it may log."""

from ninja import Router

from advocacy.api.doors import ApiRequest, Bearer, shows
from advocacy.api.v1.log import chapter_shape
from advocacy.api.v1.shapes import PROBLEMS, MeOut
from members.access import chapters_to_log_for

router = Router(tags=["Token"], auth=Bearer())


@router.get("", response={200: MeOut, **PROBLEMS}, url_name="me")
@shows
def me(request: ApiRequest) -> MeOut:
    """In whose name this token speaks, what it covers, and the chapters it may log for."""
    return MeOut(
        name=str(request.person),
        scopes=request.token.scopes,
        expires_at=request.token.expires_at,
        logs_for=[chapter_shape(one) for one in chapters_to_log_for(request.person).order_by("name", "pk")],
    )
