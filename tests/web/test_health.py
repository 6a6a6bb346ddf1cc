def test_health_answers_on_both_databases(client):
    assert client.get("/health").response.text == "ok\n"


def test_an_unknown_page_says_so_in_plain_words(client):
    assert "Page not found" in client.get("/nothing-here", status=404).text
