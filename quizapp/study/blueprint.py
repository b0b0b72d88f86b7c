"""What all study pages hang on."""

from flask import Blueprint

bp = Blueprint("study", __name__)
