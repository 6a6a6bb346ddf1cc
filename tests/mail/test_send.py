"""Mail leaves through a real SMTP server, over TLS where there is any."""

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from engage.config import read_settings
from engage.mail.send import MailError, compose, send, server_of

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Inbox:
    """Takes messages, except for one recipient and from one sender."""

    def __init__(self) -> None:
        self.messages = []
        self.users = []
        self.encrypted = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  # aiosmtpd's name
        if address.startswith("nobody"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802  # aiosmtpd's name
        if address.startswith("stranger"):
            return "550 not from here"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802  # aiosmtpd's name
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        return "250 OK"

    def authenticate(self, _server, _session, _envelope, _mechanism, given):
        self.users.append((given.login, given.password))
        return AuthResult(success=given.password == b"p@ss/word", handled=False)


class Mailer(Controller):
    """aiosmtpd on a free port of this machine; with a certificate it offers TLS."""

    def __init__(self, inbox, certificate=None, *, tls_at_once=False, **options):
        self.options = options
        context = None
        if certificate:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate)
            if not tls_at_once:
                self.options["tls_context"] = context
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        given = {"ssl_context": context} if tls_at_once else {}
        super().__init__(inbox, hostname="127.0.0.1", port=port, **given)

    def factory(self):
        return SMTP(self.handler, authenticator=self.handler.authenticate, **self.options)


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def serve(inbox):
    running = []

    def start(**given):
        mailer = Mailer(inbox, **given)
        mailer.start()
        running.append(mailer)
        return mailer.port

    yield start
    for mailer in running:
        mailer.stop()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.IPAddress(ip_address("127.0.0.1"))
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "certificate.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def settings(tmp_path):
    given = {"INSTANCE_DIR": str(tmp_path), "DEMO": "0", "COUNCIL_NAME": "Tüstham Council"}
    return read_settings(given | {"MAIL_FROM": "surveys@testham.example"})


def post(settings, url, to="ada@example.org"):
    settings = replace(settings, smtp_url=url)
    text = "Grüße\nand good day"
    send(settings, compose(settings, to=to, subject="Füße", text=text, now=NOW))


def test_a_message_arrives_as_it_was_written(settings, serve, inbox):
    post(settings, f"smtp://127.0.0.1:{serve()}")
    [message] = inbox.messages
    assert message["From"].addresses[0].display_name == "Tüstham Council"
    assert message["From"].addresses[0].addr_spec == "surveys@testham.example"
    assert message["To"] == "ada@example.org"
    assert message["Subject"] == "Füße"
    assert message["Date"].datetime == NOW
    assert message["Message-ID"].endswith("@testham.example>")
    assert message.get_content().splitlines() == ["Grüße", "and good day"]
    assert socket.gethostname() not in message.as_string()


def test_tls_is_used_when_it_is_offered(settings, serve, inbox, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    post(settings, f"smtp://127.0.0.1:{serve(certificate=certificate)}")
    post(settings, f"smtps://127.0.0.1:{serve(certificate=certificate, tls_at_once=True)}")
    assert inbox.encrypted == [True, True]


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    settings, serve, inbox, certificate, scheme
):
    port = serve(certificate=certificate, tls_at_once=scheme == "smtps")
    with pytest.raises(MailError, match="certificate"):
        post(settings, f"{scheme}://127.0.0.1:{port}")
    assert inbox.messages == []


def test_user_and_password_come_from_the_address(settings, serve, inbox):
    port = serve(auth_require_tls=False)
    post(settings, f"smtp://me%40here:p%40ss%2Fword@127.0.0.1:{port}")
    assert inbox.users == [(b"me@here", b"p@ss/word")]
    with pytest.raises(MailError, match="refused the user name or password") as caught:
        post(settings, f"smtp://me:wrong@127.0.0.1:{port}")
    assert "wrong" not in str(caught.value)


def test_a_password_does_not_travel_in_the_clear(settings, serve, inbox):
    port = serve(auth_require_tls=False)
    # Reaches this machine under an address that is not its own.
    with pytest.raises(MailError, match="offers no TLS"):
        post(settings, f"smtp://me:p%40ss%2Fword@0.0.0.0:{port}")
    assert inbox.users == []


@pytest.mark.parametrize(
    ("sender", "to", "said"),
    [
        ("surveys@testham.example", "nobody@example.org", "refused the recipient"),
        ("stranger@testham.example", "ada@example.org", "refused the sender"),
        ("surveys@testham.example", "no address", "'no address'"),
        ("", "ada@example.org", "MAIL_FROM ''"),
        ("surveys@testham.example", "a@b.example\nBcc: c@d.example", "Not an address"),
    ],
)
def test_a_refused_address_is_told(settings, serve, sender, to, said):
    with pytest.raises(MailError, match=said):
        post(replace(settings, mail_from=sender), f"smtp://127.0.0.1:{serve()}", to)


def test_a_server_that_is_not_there_is_named(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(MailError, match=rf"127\.0\.0\.1:{port} did not take the message"):
        post(settings, f"smtp://127.0.0.1:{port}")


def test_the_ports_are_the_usual_ones():
    assert server_of("smtp://mail.example").port == 587
    assert server_of("smtps://mail.example").port == 465
    with pytest.raises(MailError, match="No mail server is set"):
        server_of("")
    with pytest.raises(MailError, match="port"):
        server_of("smtp://mail.example:99999")


def test_the_command_sends_a_message_or_says_why_not(lite_app, settings, serve, inbox):
    def run(smtp_url):
        lite_app.extensions["settings"] = replace(settings, smtp_url=smtp_url)
        return lite_app.test_cli_runner().invoke(args=["mail", "test", "ada@example.org"])

    sent = run(f"smtp://127.0.0.1:{serve()}")
    assert sent.exit_code == 0, sent.output
    assert "took a message for ada@example.org" in sent.output
    assert "can send mail" in inbox.messages[0].get_content()
    unset = run("")
    assert unset.exit_code == 1
    assert "give SMTP_URL" in unset.output
