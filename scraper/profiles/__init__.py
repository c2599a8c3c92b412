"""A site described in TOML: model and loader, and the profiles that ship."""

from scraper.profiles.loader import (
    ProfileError,
    load_profile,
    parse_profile,
    profile_bytes,
    profile_text,
    shipped_profiles,
    shipped_text,
)
from scraper.profiles.model import Profile
from scraper.profiles.template import Place, Template

__all__ = [
    "Place",
    "Profile",
    "ProfileError",
    "Template",
    "load_profile",
    "parse_profile",
    "profile_bytes",
    "profile_text",
    "shipped_profiles",
    "shipped_text",
]
