"""How the address of a mail server is read."""

import pytest

from selection.core.mail import Server, server


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", Server(security="smtp", host="mail.example", port=25)),
        ("smtp://mail.example:2525", Server(security="smtp", host="mail.example", port=2525)),
        (
            "starttls://us%40er:p%3Aa%2Fss@mail.example",
            Server(security="starttls", host="mail.example", port=587, user="us@er", password="p:a/ss"),
        ),
        ("smtps://mail.example", Server(security="smtps", host="mail.example", port=465)),
    ],
)
def test_an_address_is_read(url: str, expected: Server) -> None:
    assert server(url) == expected


@pytest.mark.parametrize("url", ["mail.example:25", "https://mail.example", "smtp://", ""])
def test_another_address_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP_URL must read smtp://"):
        server(url)


def test_a_password_does_not_show() -> None:
    assert "secret" not in repr(server("smtp://me:secret@mail.example"))
