"""Confidence intervals of few rounds, by Student's t."""

import math
import statistics
from dataclasses import dataclass

# Two-sided 95 %, for 1, 2, … degrees of freedom; beyond them the normal distribution's value is near enough.
T95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131]
T95 += [2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042]
NORMAL95 = 1.96


@dataclass(frozen=True)
class Interval:
    """A mean with the bounds between which it lies with 95 %; of one value there are no bounds."""

    mean: float
    low: float | None
    high: float | None

    def text(self, form="{:.1f}"):
        if self.low is None:
            return form.format(self.mean)
        return f"{form.format(self.mean)} [{form.format(self.low)}, {form.format(self.high)}]"


def of(values):
    values = list(values)
    if not values:
        raise ValueError("an interval of no values")
    mean = statistics.fmean(values)
    if len(values) == 1:
        return Interval(mean, None, None)
    freedom = len(values) - 1
    t = T95[freedom - 1] if freedom <= len(T95) else NORMAL95
    half = t * statistics.stdev(values) / math.sqrt(len(values))
    return Interval(mean, mean - half, mean + half)


def of_ratios(pairs):
    """The geometric mean of the ratios of pairs, each from one round, so that what slows a round down cancels out."""
    logs = of(math.log(above / below) for above, below in pairs)
    bounds = [None if bound is None else math.exp(bound) for bound in (logs.low, logs.high)]
    return Interval(math.exp(logs.mean), *bounds)


def percentile(values, percent):
    """The smallest value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]
