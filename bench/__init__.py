"""How fast the service is, each page and write beside the same result written bare, in the same run.

`python -m bench` measures all, `python -m bench --quick` a little in a minute. docs/performance.md says what it means.
"""
