"""Signing in: allauth and axes, fitted to the house."""
