"""Fill Chinese speech templates in Word from CSV or Excel."""

__version__ = "0.1.0"
