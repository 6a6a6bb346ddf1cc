"""Two survey managers change one wave: the second is told what the first changed."""

from typing import NamedTuple

from flask import request

from engage.core.statistics.sampling import SampleType
from engage.fieldwork.asked import SAMPLES
from engage.fieldwork.forms import ChangeForm
from engage.waves.models import Wave
from engage.web.templating import in_words
from engage.web.whole_number import whole_number


class Difference(NamedTuple):
    """What stands in a wave by now and is not what was sent, in words."""

    label: str
    stored: str
    sent: str


def version_seen() -> int:
    """Which version of the wave the page showed; 0, which no wave has, where it does not say."""
    return whole_number(request.form.get("version"), 0)


def differences(wave: Wave, form: ChangeForm) -> list[Difference]:
    """Where the valid form says something else than the wave by now."""
    plan = form.plan(wave.questionnaire, made_up=wave.made_up)
    asked = [SAMPLES[SampleType(each)].label for each in (wave.sample, plan.sample)]
    compared = [
        Difference(form.name.label.text, wave.name, " ".join(plan.name.split())),
        Difference(form.sample.label.text, *asked),
        *(
            Difference(form[name].label.text, in_words(getattr(wave, name)), in_words(sent))
            for name in ("opens_on", "closes_on", "delete_on")
            for sent in [getattr(plan, name)]
        ),
    ]
    return [each for each in compared if each.stored != each.sent]
