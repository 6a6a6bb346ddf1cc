"""The style sheet for pages that run from right to left."""

import pytest

from tools import vendor
from tools.mirror import mirrored


@pytest.mark.parametrize(
    ("rule", "seen"),
    [
        ("margin-left:5px", "margin-right:5px"),
        ("left:0", "right:0"),
        ("text-align:right!important", "text-align:left!important"),
        ("padding:1px 2px 3px 4px", "padding:1px 4px 3px 2px"),
        ("margin:0 5px 20px 10px!important", "margin:0 10px 20px 5px!important"),
        ("border-width:0 max(1px,.1em) 0 4px", "border-width:0 4px 0 max(1px,.1em)"),
        ("padding:1px 2px", "padding:1px 2px"),
        ("transform:rotate(225deg)", "transform:rotate(-225deg)"),
        ("clip-path:polygon(0 0,100% 50%,0 100%)", "clip-path:polygon(100% 0,0 50%,100% 100%)"),
        ("margin-left:max(1px,env(safe-area-inset-left))",
         "margin-right:max(1px,env(safe-area-inset-right))"),
        ("background:url(data:image/left;right)", "background:url(data:image/left;right)"),
        ("--left-over:1px", "--left-over:1px"),
        ('content:""', 'content:""'),
    ],
)  # fmt: skip
def test_left_and_right_change_places(rule, seen):
    assert mirrored(f".a{{color:red;{rule}}}") == f".a{{color:red;{seen}}}"


def test_names_of_classes_stay():
    assert mirrored(".govuk-margin-left{left:1px}") == ".govuk-margin-left{right:1px}"


def test_a_tick_is_moved_but_not_turned():
    tick = ".x__label:after{left:10px;border-width:0 0 5px 5px;transform:rotate(-45deg)}"
    assert mirrored(tick) == tick.replace("left", "right")


def test_the_whole_sheet_mirrored_twice_is_itself():
    css, _report = vendor.stripped(vendor.shipped("govuk-frontend.min.css"))
    assert mirrored(css) != css
    assert mirrored(mirrored(css)) == css
