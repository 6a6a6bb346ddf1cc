"""The demonstration's borough, and its waves before they are stored."""

from datetime import date
from functools import cache

import numpy as np

from engage.core.definition.load import load_definition
from engage.core.statistics.population import Borough
from engage.demo.borough import population, wards
from engage.demo.generate import Setting, generate
from engage.demo.load import SEED
from engage.demo.manner import manner_of
from engage.demo.plan import WAVES
from engage.waves.catalogue import newest_file

DAYS = date(2025, 3, 1), date(2025, 4, 25)


def definition_of(questionnaire):
    return load_definition(newest_file(questionnaire))


@cache
def wave(number):
    """The responses of one of the planned waves, as the demonstration loads them."""
    plan = WAVES[number]
    random = np.random.default_rng([SEED, number])
    manner = manner_of(plan.questionnaire)
    if plan.open:
        manner = manner.drifted(random)
    return generate(
        definition_of(plan.questionnaire),
        manner,
        plan,
        setting=setting(),
        days=DAYS,
        random=random,
    )


@cache
def setting():
    plans = wards()
    groups = {plan.code: plan.group for plan in plans}
    names = {plan.code: plan.name for plan in plans}
    return Setting(plans, population(plans, SEED), Borough(names, groups), ["Anvil Park"])
