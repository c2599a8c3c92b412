"""A site described in TOML: model and loader, and the profiles that ship."""

from scraper.profiles.model import Profile

__all__ = ["Profile"]
