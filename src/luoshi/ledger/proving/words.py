"""What verify says of each fault, by its code."""

from __future__ import annotations

WORDS = {
    # of the database
    "trigger": "the trigger {name} is gone or was changed; until `luoshi load` puts it back, the database lets rows be "
    "changed and deleted",
    "leads_nowhere": "{count} rows of {table} name a {column} that is not there",
    "unreadable": "rows of {table} cannot be read ({why}); those behind them were not looked at",
    # of events
    "no_item": "the item of this event is not there",
    "no_events": "it has no events",
    "gone": "event {number} is not there",
    "not_opened": "it begins with {verb} instead of open",
    "spelling": "its content is not spelled as luoshi writes it ({why})",
    "changed": "the event was changed: its content is not what its hash is of",
    "unhashable": "its hash cannot be made again: {why}",
    "not_behind": "it does not hold the hash of the event before it",
    "back_in_time": "it was recorded before the event it follows",
    "in_the_future": "it was recorded in the future, {moment}",
    # of texts
    "text_gone": "the words of {field} are gone, and no row says so",
    "text_changed": "the words of {field} are not those that the event commits to",
    "text_from_nowhere": "there are words of {field}, of which the event knows nothing",
    "text_wiped": "the words of {field} were taken away, and no event says that they were erased",
    "text_not_wiped": "the words of {field} were erased by an event, and are still there",
    # of files
    "file_gone": "no row says that the file {sha256} was brought",
    "file_from_nowhere": "there is a file {sha256}, of which no event knows",
    "file_wiped": "the file {sha256} is said to be erased, and no event says so",
    "file_not_wiped": "the file {sha256} was erased by an event, and its name is still there",
    "bytes_gone": "the file {sha256} is not in the folder of files",
    "bytes_changed": "the file {sha256} in the folder of files was changed",
    # of rows
    "head": "its row ends with event {row}, its events with {events}",
    "row": "its row says {column} = {row}, its events say {events}",
    "unlawful": "the door cannot have written it so: {why}",
    "no_replay": "its events cannot be replayed: {why}",
    # of numbers
    "number_gone": "{series}: number {number} is not there",
    "series_behind": "{series}: the row has given out {row} numbers, items have {items}",
    "series_head": "{series}: the row does not hold the hash of the last opening",
    "series_chain": "it does not hold the hash of the opening before it in its series",
    # of roots
    "root_gone": "the root {number} is not there",
    "root_seal": "the root of {day} was changed: it is not what its seal is of",
    "root_chain": "the root of {day} does not hold the seal of the root before it",
    "root_order": "the root of {day} does not follow that of {before}",
    "root_size": "the root of {day} says {what} {row}, its leaves are {leaves}",
    "root_hash": "the root of {day} is not that of its {size} events",
    "leaf_gone": "the root of {day}: leaf {index} is not there, or its event is not",
    "leaf_early": "it was recorded after {day}, whose root it is in",
    "leaf_late": "it was recorded on or before {before}, whose root was made without it; it is in that of {day}",
    "unsealed": "it was recorded on or before {day}, and no root knows it",
    # of exported roots
    "line": "line {line} of {file} {why}",
    "line_gone": "the root of {day} (line {line} of {file}) is not there",
    "line_other": "the root of {day} is not the one that was exported (line {line} of {file}): {columns}",
}
