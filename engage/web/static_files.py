"""The built files, sent compressed where their twin was built and the browser takes it."""

from flask import Flask, Response, request, send_from_directory
from werkzeug.exceptions import NotFound

from engage.web.access import public


def serve_compressed(app: Flask) -> None:
    """Let the static route answer with the `.gz` twin of a file, if there is one."""
    folder = app.static_folder or ""
    plain = app.send_static_file

    @public
    def static(filename: str) -> Response:
        if not request.accept_encodings.quality("gzip") or not filename.startswith("build/"):
            return plain(filename)
        try:
            answer = send_from_directory(folder, f"{filename}.gz", mimetype=_kind(filename))
        except NotFound:
            return plain(filename)
        answer.headers["Content-Encoding"] = "gzip"
        answer.headers["Vary"] = "Accept-Encoding"
        return answer

    app.view_functions["static"] = static


def _kind(filename: str) -> str:
    kinds = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
    return kinds.get(filename.rsplit(".", 1)[-1], "application/octet-stream")
