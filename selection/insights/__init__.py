"""Insights: pictures of what the service knows: who has which skills, and for how long there will be enough of them."""

from selection.insights.blueprint import bp
from selection.insights.forecast import routes as of_forecast
from selection.insights.matrix import routes as of_matrix

__all__ = ["bp", "of_forecast", "of_matrix"]
