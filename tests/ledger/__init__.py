"""The ledger: playbooks, machine, chain, the one door, proving and carrying."""
