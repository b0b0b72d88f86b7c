"""What all pages of banks hang on."""

from flask import Blueprint

bp = Blueprint("banks", __name__)
