"""Campaigns: many people asked to act on one thing. The room stands; its first tenant is the campaign workflow."""
