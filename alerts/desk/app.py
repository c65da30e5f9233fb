"""The application: every route, and how a request becomes a page."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from alerts.desk import (
    acts,
    adding,
    application,
    application_acts,
    application_figures,
    application_forget,
    applications,
    body,
    channels,
    deliveries,
    guard,
    inbox,
    inbox_forms,
    job,
    letters,
    links,
    pages,
    search_save,
    searches,
    sessions,
    settings,
    signing_in,
    sources,
)
from alerts.desk.call import Call, Desk, own_path, see_other
from alerts.model.errors import AlertsError, StoreError
from alerts.model.plan import Plan

log = logging.getLogger("alerts")
Handler = Callable[[Call], Response]
#: (method, path, what answers). A page that GET serves is one that a redirect may lead to.
ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/", lambda _: see_other("/inbox")),
    ("GET", "/inbox", inbox.show),
    ("GET", "/inbox.json", inbox_forms.as_json),
    ("GET", "/inbox.atom", inbox_forms.as_atom),
    ("GET", "/inbox/facets/{facet}.json", inbox_forms.facet_as_json),
    ("GET", "/inbox/facets/{facet}", inbox.show_facet),
    ("POST", "/inbox/read", inbox.mark_read),
    ("GET", "/jobs/{job}.json", job.as_json),
    ("GET", "/jobs/{job}", job.show),
    ("GET", "/jobs/{job}/text", job.show_text),
    ("GET", "/jobs/{job}/letter.txt", letters.file),
    ("POST", "/jobs/{job}/mark", acts.mark),
    ("POST", "/jobs/{job}/note", acts.note),
    ("POST", "/jobs/{job}/letter", letters.act),
    ("POST", "/jobs/{job}/pairs", acts.pairs),
    ("GET", "/searches", searches.show_all),
    ("GET", "/searches.json", searches.as_json),
    ("GET", "/searches/{search}.json", searches.one_as_json),
    ("GET", "/searches/{search}", searches.show),
    ("POST", "/searches/{search}/preview", searches.preview),
    ("POST", "/searches/{search}", search_save.act),
    ("POST", "/undo", acts.undo),
    ("GET", "/sources", sources.show),
    ("GET", "/sources.json", sources.as_json),
    ("GET", "/sources/add", adding.show),
    ("POST", "/sources/add", adding.act),
    ("GET", "/sources/{source}.json", sources.one_as_json),
    ("GET", "/sources/{source}", sources.show_one),
    ("POST", "/sources/{source}", sources.wish),
    ("GET", "/channels", channels.show),
    ("GET", "/channels.json", channels.as_json),
    ("POST", "/channels/{channel:path}", channels.wish),
    ("GET", "/deliveries/{delivery}.json", deliveries.as_json),
    ("GET", "/deliveries/{delivery}", deliveries.show),
    ("POST", "/deliveries/{delivery}", deliveries.act),
    ("GET", "/applications", applications.show),
    ("GET", "/applications.json", applications.as_json),
    ("GET", "/applications.csv", applications.as_csv),
    ("GET", "/applications.ics", application_acts.calendar_file),
    ("GET", "/applications/figures", application_figures.show),
    ("GET", "/applications/figures.json", application_figures.as_json),
    ("GET", "/applications/{job}.json", application.as_json),
    ("GET", "/applications/{job}", application.show),
    ("GET", "/applications/{job}/forget", application_forget.show),
    ("GET", "/applications/{job}/{entry}.ics", application.calendar_file),
    ("POST", "/applications/{job}/state", application_acts.state),
    ("POST", "/applications/{job}/say", application_acts.say),
    ("POST", "/applications/{job}/form", application_acts.form),
    ("POST", "/applications/{job}/answer", application_acts.answer),
    ("POST", "/applications/{job}/forget", application_forget.act),
    ("GET", "/settings", settings.show),
    ("GET", "/settings.json", settings.as_json),
    ("POST", "/settings/feed", settings.feed),
    ("POST", "/settings/theme", settings.theme),
    ("POST", "/settings/keys", settings.keys),
    ("POST", "/settings/sessions", settings.end_session),
    ("POST", "/logout", signing_in.sign_out),
)
#: What answers without a sign-in.
OPEN: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/login", signing_in.show),
    ("POST", "/login", signing_in.sign_in),
    ("GET", "/l/{link}", links.show),
    ("POST", "/l/act", links.act),
)
_MESSAGES = {
    400: "This form cannot be read. Open the page anew and try again.",
    403: "This did not come from the desk. Open it anew and try again.",
    404: "There is nothing here.",
    405: "There is nothing here.",
    408: "That took too long. Nothing was done; try again.",
    413: "That is too long: at most 64 KB.",
    415: "This form cannot be read. Open the page anew and try again.",
    503: "The database does not answer. What you did last was not kept; do it again in a moment.",
}


def create_app(
    plan: Callable[[], Plan],
    *,
    origins: Iterable[str],
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    nudge: Callable[[], None] = lambda: None,
    routes: Iterable[tuple[str, str, Handler]] = (),
) -> ASGIApp:
    """The desk as an ASGI application. ``plan``: the configuration as it is now; ``origins``: our own addresses."""
    table = (*ROUTES, *routes)
    desk = Desk(plan, now, tuple(origins), page_test(table), nudge)
    made = [_route(desk, *one, signed_in=True) for one in table] + [_route(desk, *one, signed_in=False) for one in OPEN]
    made += [Route("/static/{hash}/{name}", _static), Route("/icon.svg", _static), Route("/manifest.webmanifest", _manifest)]
    app = Starlette(
        routes=made,
        middleware=[Middleware(GZipMiddleware, minimum_size=2000, compresslevel=3)],
        exception_handlers={404: _refused, 405: _refused},
    )
    app.state.desk = desk
    return Guard(app, desk.origins)


def page_test(table: Iterable[tuple[str, str, Handler]]) -> Callable[[str], bool]:
    """Is this path a page that GET serves?"""
    paths = [path for method, path, _ in table if method == "GET"]
    forms = re.compile("|".join("[^/]+".join(map(re.escape, re.split(r"\{\w+\}", path))) for path in paths))
    return lambda path: forms.fullmatch(path) is not None


class Guard:
    """Outermost: refuses what is not for us before anything is read, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self.app, self.origins = app, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request = Request(scope)
        if not guard.host_is_ours(request.headers.get("host"), self.origins):
            return await Response(status_code=421)(scope, receive, send)
        if guard.too_long(request.headers):
            return await Response(status_code=431)(scope, receive, send)
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        lasting = scope["path"].startswith("/static/")
        fixed = guard.said_with_every_answer(nonce, sandbox=scope["path"].endswith("/text"))
        forever = guard.said_with_every_answer(nonce, lasting=True)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = forever if lasting and message["status"] == 200 else fixed
                message["headers"] = [*message["headers"], *((n.encode(), v.encode()) for n, v in ours.items())]
            await send(message)

        return await self.app(scope, receive, with_headers)


def _route(desk: Desk, method: str, path: str, handler: Handler, *, signed_in: bool) -> Route:
    async def endpoint(request: Request) -> Response:
        form: dict[str, list[str]] = {}
        if method == "POST":
            try:
                if not guard.comes_from_us(request.headers, desk.origins):
                    raise body.BadBody(403)
                form = await body.form_of(request)
            except body.BadBody as bad:
                return _plain(desk, request, bad.status)
        elif not guard.may_be_shown(request.headers, page="." not in path):
            return _plain(desk, request, 403)
        return await run_in_threadpool(_answer, desk, request, form, handler, signed_in)

    return Route(path, endpoint, methods=[method])


def _answer(desk: Desk, request: Request, form: dict[str, list[str]], handler: Handler, signed_in: bool) -> Response:
    """On a thread of its own: the database may make it wait."""
    try:
        with desk.turn(), desk.reading() as store:
            call = _call(desk, request, form, store)
            if signed_in and call.session is None and handler is inbox_forms.as_atom:
                call = replace(call, session=sessions.of_feed(store, call.asked("key"), call.now))
            if signed_in and call.session is None:
                return _sign_in_first(call)
            if request.method == "POST" and signed_in and not _has_token(request, desk, call):
                return pages.error(call, 403, _MESSAGES[403])
            return handler(call)
    except StoreError:
        log.warning("the desk cannot use the database", exc_info=True)
        return _plain(desk, request, 503)
    except LookupError:
        return _plain(desk, request, 404)
    except AlertsError as error:
        return _plain(desk, request, 422, str(error))
    except Exception:
        number = secrets.token_hex(2)
        log.exception("the desk: e-%s", number)
        return _plain(desk, request, 500, f"Something broke, and it was written to the log as e-{number}. Your jobs are safe.")


def _call(desk: Desk, request: Request, form: dict[str, list[str]], store: object) -> Call:
    now = desk.now()
    cookie = request.cookies.get(sessions.cookie_name(secure=desk.secure), "")
    session = store.sessions.get(sessions.hashed(cookie), now) if cookie else None  # type: ignore[attr-defined]
    return Call(
        desk,
        store,  # type: ignore[arg-type]
        desk.plan(),
        now,
        request.url.path,
        tuple(request.query_params.multi_items()),
        request.path_params,
        request.headers,
        request.client.host if request.client else "",
        form,
        session,
        sessions.token(cookie) if session else "",
        request.state.nonce,
    )


def _has_token(request: Request, desk: Desk, call: Call) -> bool:
    return sessions.is_token(call.field("token"), request.cookies.get(sessions.cookie_name(secure=desk.secure), ""))


def _sign_in_first(call: Call) -> Response:
    if call.path.endswith((".json", ".atom")):
        return pages.data({"error": "sign in first: job-alerts desk"}, status=401)
    from urllib.parse import quote, urlencode

    here = call.path + (f"?{urlencode(call.query)}" if call.query else "")
    to = own_path(here, call.desk.is_page)
    return see_other(f"/login?to={quote(to, safe='')}" if to else "/login")


def _plain(desk: Desk, request: Request, status: int, words: str | None = None) -> Response:
    """An error page that needs no database."""
    call = Call(desk, None, None, desk.now(), request.url.path, (), {}, request.headers, nonce=request.state.nonce)  # type: ignore[arg-type]
    answer = pages.error(call, status, words or _MESSAGES.get(status, _MESSAGES[404]))
    if status == 503:
        answer.headers["retry-after"] = "5"
    return answer


async def _refused(request: Request, error: Exception) -> Response:
    return _plain(request.app.state.desk, request, getattr(error, "status_code", 404))


async def _static(request: Request) -> Response:
    name = request.path_params.get("name", "icon.svg")
    if name not in pages.STATIC or ("hash" in request.path_params and request.url.path != pages.static_names()[name]):
        return _plain(request.app.state.desk, request, 404)
    return Response(pages.static(name), media_type=pages.STATIC[name])


async def _manifest(_: Request) -> Response:
    """What a phone needs to keep the desk among its programs."""
    names = pages.static_names()
    sizes = [(names[f"icon-{size}.png"], "image/png", f"{size}x{size}") for size in (192, 512)]
    icons = [{"src": src, "type": kind, "sizes": size} for src, kind, size in [("/icon.svg", "image/svg+xml", "any"), *sizes]]
    about = {"id": "/", "name": "job-alerts", "short_name": "Jobs", "description": "Your job hunt, on your own machine."}
    looks = {"display": "standalone", "background_color": "#f3f5f7", "theme_color": "#1a5fb4"}
    rooms = [{"name": name, "url": path} for path, name, _, _ in pages.ROOMS]
    answer = pages.data(about | looks | {"start_url": "/inbox", "scope": "/", "icons": icons, "shortcuts": rooms})
    answer.headers["content-type"] = "application/manifest+json"
    return answer
