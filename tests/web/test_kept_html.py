"""Parts of pages that are kept: made once for each language, and of nothing of a person."""

import pytest
from jinja2 import TemplateSyntaxError

from engage.web.language import choose


@pytest.fixture
def says(lite_app):
    """Renders a template, in the language of a code."""

    def render(template, code="en", **given):
        with lite_app.test_request_context("/"):
            assert choose(code)
            return template.render(given)

    return render


def counted(app, words):
    """A template with a part that counts how often it is made."""
    made = []
    app.jinja_env.globals["council_name"] = lambda: made.append("") or "Testham"
    return app.jinja_env.from_string(words), made


def test_a_part_is_made_once_for_each_thing_that_it_is_given(lite_app, says):
    page, made = counted(lite_app, "{% kept on=day %}{{ council_name() }}, {{ on }}{% endkept %}")
    shown = [says(page, day=day) for day in (1, 1, 2, 1)]
    assert shown == ["Testham, 1", "Testham, 1", "Testham, 2", "Testham, 1"]
    assert len(made) == 2


def test_a_part_is_made_for_each_language(lite_app, says):
    page = lite_app.jinja_env.from_string("{% kept %}{{ language().code }}{% endkept %}")
    assert [says(page, code) for code in ("en", "easy", "en")] == ["en", "easy", "en"]


def test_two_parts_of_a_page_are_not_taken_for_one_another(lite_app, says):
    page = lite_app.jinja_env.from_string("{% kept %}a{% endkept %}{% kept %}b{% endkept %}")
    assert says(page) == says(page) == "ab"


def test_what_a_part_is_given_is_escaped_and_what_it_made_is_not_escaped_again(lite_app, says):
    part = "{% kept it=it %}<b>{{ it }}</b>{% endkept %}"
    page = lite_app.jinja_env.from_string("{% autoescape true %}" + part + "{% endautoescape %}")
    assert says(page, it="<i>") == says(page, it="<i>") == "<b>&lt;i&gt;</b>"


@pytest.mark.parametrize(
    "name", ["session", "request", "g", "nonce()", "csrf_token()", "answers", "current_user"]
)
def test_a_part_that_could_hold_something_of_a_person_is_refused(lite_app, name):
    with pytest.raises(TemplateSyntaxError, match="give it to the part, or leave it out"):
        lite_app.jinja_env.from_string("{% kept %}{{ " + name + " }}{% endkept %}")


@pytest.mark.parametrize(
    "words", ['{% include "languages.html" %}', "{% block inside %}{% endblock %}"]
)
def test_a_part_holds_nothing_that_another_template_decides(lite_app, words):
    with pytest.raises(TemplateSyntaxError, match="includes no template and has no block"):
        lite_app.jinja_env.from_string("{% kept %}" + words + "{% endkept %}")
