"""What staff enter themselves, ledgers, drafts, instructions, meetings, as forms in; checked values out."""
