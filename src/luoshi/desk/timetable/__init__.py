"""The page of a timetable: an item's plan counted on a day in; a chart, a table and sentences that say the same out."""
