"""Evidence: taken by its content, kept as it came, and copied without what else was in it."""

import hashlib
import io
import tempfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from page import PageClient
from PIL import Image
from telling import come_back, open_for_reports, tell
from werkzeug import formparser
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from engage.extensions import db
from engage.reporting import cleaning, evidence
from engage.reporting.clean_copy import bare_jpeg
from engage.reporting.cleaning import clean_copy, kind_of
from engage.reports.files import fetch, listed
from engage.reports.receipts import code_keys, open_by_code, site_salt

PLACE = b"GPS 51.3762 -0.0982"


def photo() -> bytes:
    """A photograph with the place, a comment and a camera's name in it."""
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = PLACE.decode()
    exif[0x9286] = PLACE.decode()
    Image.new("RGB", (40, 30), "navy").save(made, "JPEG", exif=exif, comment=PLACE)
    return made.getvalue()


def paper() -> bytes:
    """A PDF with a script, an attachment, metadata, a link and a photograph with a place."""
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        page = pdf.pages[0]
        picture = pdf.make_stream(photo(), Filter=pikepdf.Name.DCTDecode, Width=40, Height=30)
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('evil script')")
        pdf.Root.OpenAction = pdf.make_indirect(script)
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, A=script)
        page.obj.Annots = pikepdf.Array([pdf.make_indirect(link)])
        pdf.attachments["evil.exe"] = b"MZ evil attachment"
        pdf.docinfo["/Author"] = PLACE.decode()
        pdf.save(made)
    return made.getvalue()


def wrapped(stream: Callable[[pikepdf.Pdf], pikepdf.Stream], painted: bytes = b"") -> bytes:
    """A PDF of a page with one picture, and what is painted on the page."""
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        picture = stream(pdf)
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        page = pdf.pages[0].obj
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
        page.Contents = pdf.make_stream(painted)
        pdf.save(made)
    return made.getvalue()


def filtered(content: bytes, *names: str) -> Callable[[pikepdf.Pdf], pikepdf.Stream]:
    """A picture whose filters are named in an array, each of its own object."""
    return lambda pdf: pdf.make_stream(
        content,
        Filter=pikepdf.Array([pdf.make_indirect(pikepdf.Name(each)) for each in names]),
        Width=40,
        Height=30,
    )


def in_scans() -> bytes:
    """A photograph in several scans with a comment between them, and words after its end."""
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(made, "JPEG", progressive=True)
    head, scan, rest = made.getvalue().rpartition(b"\xff\xda")
    note = b"\xff\xfe" + (2 + len(PLACE)).to_bytes(2, "big") + PLACE
    return head + note + scan + rest + PLACE


def opened(content: bytes) -> bytes:
    """Everything in a PDF, with its streams unpacked."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(made, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                 object_stream_mode=pikepdf.ObjectStreamMode.disable)  # fmt: skip
    return made.getvalue()


def bomb() -> bytes:
    """A PNG of 60,000 by 60,000 points in a few bytes."""
    head = b"\x00\x00\xea\x60\x00\x00\xea\x60\x08\x06\x00\x00\x00"
    made = b"\x89PNG\r\n\x1a\n"
    for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(10_000))), (b"IEND", b"")):
        made += len(body).to_bytes(4, "big") + name + body
        made += zlib.crc32(name + body).to_bytes(4, "big")
    return made


def test_a_photo_keeps_its_points_and_loses_the_place():
    assert PLACE in photo()
    clean = clean_copy(photo(), "image/jpeg")
    assert PLACE not in clean
    with Image.open(io.BytesIO(clean)) as shown:
        assert shown.size == (40, 30)
        assert not shown.getexif()


def test_a_paper_keeps_its_pages_and_loses_scripts_files_links_and_places():
    assert b"evil script" in opened(paper())
    assert PLACE in opened(paper())
    clean = opened(clean_copy(paper(), "application/pdf"))
    for word in (b"evil", b"JavaScript", b"OpenAction", b"/Annot", PLACE, b"Author"):
        assert word not in clean, word
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        assert len(pdf.pages) == 1
    assert Image.open(io.BytesIO(bare_jpeg(photo()))).size == (40, 30)


@pytest.mark.parametrize(
    "stream",
    [
        filtered(photo(), "/DCTDecode"),
        filtered(zlib.compress(photo()), "/FlateDecode", "/DCTDecode"),
        filtered(photo().hex().encode() + b">", "/ASCIIHexDecode", "/DCTDecode"),
        filtered(in_scans(), "/DCTDecode"),
    ],
)
def test_a_photo_in_a_paper_loses_the_place_however_it_is_packed(stream):
    clean = clean_copy(wrapped(stream), "application/pdf")
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        [picture] = pdf.pages[0].get_images().values()
        points = picture.read_raw_bytes()
    assert PLACE not in points
    assert points.endswith(b"\xff\xd9")
    with Image.open(io.BytesIO(points)) as shown:
        assert shown.convert("RGB").getpixel((5, 5))[2] > 100
    assert PLACE not in opened(clean)


def test_a_photo_among_the_signs_of_a_page_loses_the_place_too():
    paper = wrapped(filtered(photo(), "/DCTDecode"), painted=INLINE)
    assert PLACE in opened(paper)
    clean = clean_copy(paper, "application/pdf")
    assert PLACE not in opened(clean)
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        assert len(pdf.pages[0].get_images()) == 2


INLINE = b"BI /W 40 /H 30 /BPC 8 /CS /RGB /F /D#43T ID " + photo() + b"\nEI\n"


@pytest.mark.parametrize(
    "paper",
    [
        wrapped(filtered(b"\x00\x00\x00\x0cjP  " + PLACE, "/JPXDecode")),
        wrapped(filtered(PLACE, "/DCTDecode")),
        wrapped(filtered(photo()[:-2], "/DCTDecode")),
    ],
)
def test_no_copy_is_made_of_a_paper_whose_pictures_cannot_be_cleaned(paper):
    assert clean_copy(paper, "application/pdf") is None


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (photo(), "image/jpeg"),
        (paper(), "application/pdf"),
        ("Dear diary, he shouted: Zażółć".encode(), "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", None),
        (b"\xef\xbb\xbf <!DOCTYPE html><script>alert(1)</script>", None),
        (b"MZ\x90\x00\x03", None),
        (b"PK\x03\x04" + bytes(60), None),
        (b"GIF89a" + bytes(20), None),
        (b"\x1b]0;evil\x07" * 9, None),
        (b"", None),
    ],
)
def test_what_a_file_is_is_told_by_its_content(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize("content", [bomb(), photo()[:200], b"%PDF-1.7 broken", b"%PDF-"])
def test_no_copy_is_made_of_a_bomb_or_of_what_is_broken(content):
    assert clean_copy(content, kind_of(content)) is None


@pytest.fixture
def code(lite_app) -> str:
    open_for_reports(lite_app)
    return tell(PageClient(lite_app))


@pytest.fixture
def sender(lite_app, code) -> PageClient:
    client = PageClient(lite_app)
    return come_back(client, code).get("/tell-us/mine/files")


def upload(client: PageClient, *files: tuple[bytes, str], status: int = 303) -> PageClient:
    """Send files as a browser does; the body is made here, as the library would use a disk."""
    parts = [
        FileStorage(io.BytesIO(content), name, "files", "image/jpeg") for content, name in files
    ]
    values = MultiDict([("csrf_token", client.value("csrf_token"))] + [("files", p) for p in parts])
    boundary, body = encode_multipart(values)
    answer = client.http.post(
        "/tell-us/mine/files",
        input_stream=io.BytesIO(body),
        content_type=f"multipart/form-data; boundary={boundary}",
    )
    return client._took(answer, status)  # noqa: SLF001  so that the page is checked as any other


def test_a_file_is_kept_as_it_came_and_as_a_copy_and_never_on_a_disk(
    lite_app, sender, code, monkeypatch
):
    def refuse(*_given, **_named):
        raise AssertionError("a temporary file was made")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr(formparser, "SpooledTemporaryFile", refuse)
    large = photo() + bytes(2_000_000)
    upload(sender, (large, "../../etc/Stall photo.exe")).follow()
    assert "Stall photo.exe" in sender.text
    keys = code_keys(code, site_salt(lite_app.extensions["settings"].receipt_salt))
    with db.engine.connect() as connection:
        visit = open_by_code(connection, keys)
        [kept] = listed(connection, visit.report_id, visit.rings)
        _, original = fetch(connection, visit.report_id, visit.rings, kept.id, "original")
        _, clean = fetch(connection, visit.report_id, visit.rings, kept.id, "clean")
    assert original == large
    assert kept.about["name"] == "Stall photo.exe.jpg"
    assert kept.about["kind"] == "image/jpeg"
    assert kept.about["sha256"] == hashlib.sha256(large).hexdigest()
    assert PLACE not in clean


def test_a_file_is_called_what_it_is(sender):
    upload(sender, (b"Just words", "fake.jpg"), (photo(), "Stall.JPEG"))
    assert sent(sender) == ["Stall.JPEG", "fake.jpg.txt"]


def test_wrong_large_and_too_many_files_are_left_out_with_the_reason(sender):
    svg = (b"<svg><script>alert(1)</script></svg>", "drawing.svg")
    upload(sender, svg, (b"I wrote it down", "note.txt"), (bytes(10_500_000), "film"), status=422)
    assert "“drawing.svg” is no photo" in sender.text
    assert "“film” is larger than 10 MB" in sender.text
    assert "note.txt" in sender.text
    assert "4 more files" in sender.text
    upload(sender, *[(b"words", f"{number}.txt") for number in range(5)], status=422)
    assert "can have 5 files" in sender.text
    upload(sender, status=422)
    assert "Choose a file first" in sender.text


class Unread(io.RawIOBase):
    """A body of 200 MB that counts what is read of it."""

    taken = 0
    at = 0

    def seek(self, to: int, whence: int = 0) -> int:
        self.at = 200_000_000 if whence == io.SEEK_END else to
        return self.at

    def tell(self) -> int:
        return self.at

    def readinto(self, buffer) -> int:
        Unread.taken += len(buffer)
        return len(buffer)


def test_200_megabytes_are_refused_before_they_are_read(lite_app, sender):
    said = []
    for client in (sender.http, lite_app.test_client()):  # one who opened a report, and anybody
        answer = client.post(
            "/tell-us/mine/files",
            input_stream=Unread(),
            content_type="multipart/form-data; boundary=x",
        )
        assert answer.status_code == 413
        assert 'href="/tell-us/mine/files"' in answer.text
        assert Unread.taken == 0
        said.append(answer.text)
    assert "too large" in said[0]
    assert "temporary" not in "".join(said)


@pytest.fixture
def waits_not(monkeypatch):
    monkeypatch.setattr(cleaning, "WAIT", 0.01)


def sent(client: PageClient) -> list[str]:
    page = client.get("/tell-us/mine/files").page
    return [each.text for each in page.findall(".//ul//bdi")]


def test_who_sends_while_too_many_copies_are_made_is_asked_to_try_again(sender, waits_not):
    with cleaning.turn("one report"), cleaning.turn("another"):
        upload(sender, (photo(), "a.jpg"), status=503)
        assert "we are busy" in sender.text
        assert sent(sender) == []
    upload(sender, (photo(), "a.jpg"))
    assert sent(sender) == ["a.jpg"]


def test_files_of_a_report_are_taken_one_form_at_a_time(waits_not):
    with cleaning.turn("one report"):
        with pytest.raises(cleaning.BusyError), cleaning.turn("one report"):
            pass
        with cleaning.turn("another"):
            pass
    with cleaning.turn("one report"):
        pass


def test_the_copies_of_one_form_take_no_longer_together_than_one_may(monkeypatch):
    monkeypatch.setattr(cleaning, "SECONDS", 0.01)
    with cleaning.turn("one report") as made:
        assert made.copy_of(photo(), "image/jpeg") is None
        assert made.copy_of(photo(), "image/jpeg") is None
        assert made.left == 0


def test_nobody_sends_files_without_end(sender):
    for _ in range(evidence.A_VISIT.amount):
        upload(sender, (b"MZ\x90\x00", "a.exe"), status=422)
    upload(sender, (b"MZ\x90\x00", "a.exe"), status=429)
