"""Checks every DKIM signature of the mail on standard input with dkimpy; the DNS is the JSON object of the first argument."""
import json
import sys

import dkim

records = json.loads(sys.argv[1])
mail = sys.stdin.buffer.read()


def lookup(name, timeout=5):
    return records[name.decode().rstrip(".")].encode()


def holds(number):
    try:
        return dkim.DKIM(mail).verify(idx=number, dnsfunc=lookup)
    except dkim.ValidationError:
        return False


count = len([field for field, _ in dkim.DKIM(mail).headers if field.lower() == b"dkim-signature"])
print(json.dumps([holds(number) for number in range(count)]))
