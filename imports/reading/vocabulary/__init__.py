"""The plans as data: which fields each kind of list has, and the words officials use for them."""

from imports.reading.vocabulary.activities import ACTIVITIES
from imports.reading.vocabulary.honours import HONOURS
from imports.reading.vocabulary.members import MEMBERS
from imports.reading.vocabulary.places import POSTS, VENUES

PLANS = {plan.name: plan for plan in (MEMBERS, ACTIVITIES, VENUES, POSTS, HONOURS)}
