"""Learning a site from its pages: templates, regions, places of labels, recurring lines, forms of addresses."""

from scraper.profiles.learning.learner import Learned, learn_templates
from scraper.profiles.learning.observed import Observed, observe, observe_page

__all__ = ["Learned", "Observed", "learn_templates", "observe", "observe_page"]
