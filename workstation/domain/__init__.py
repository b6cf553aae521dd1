"""Identity, verification, answers, visit, case, slip, clerk, audit, failures: frozen values and rules. No Qt, SQL or HTTP."""
