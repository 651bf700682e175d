"""A rule pack, as a text, whose rule kills its process where it sees "kill"."""

KILLER = '''
import os
from corpus_lint.finding import Finding
from corpus_lint.rule import Bad, LineRule, literals

class Killer(LineRule):
    """It kills the process."""

    code = "KIL001"
    name = "killer"
    triggers = literals(["kill", "found"])
    examples = (Bad("⟦found⟧"),)

    def check_line(self, line):
        if "kill" in line.text:
            os._exit(9)
        yield Finding(0, 5, "found")
'''
