"""The caveat of an open link, until pages take the caveat of the wave's own sample."""

from engage.core.statistics.sampling import SampleType
from engage.core.words.whom import caveat

OPEN_LINK = caveat(SampleType.OPEN_LINK)
