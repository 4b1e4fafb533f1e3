-- Who chairs what? Reprints counted once.
SELECT p.name AS chair, m.level, count(DISTINCT w.work) AS meetings, min(m.name) AS one_of_them
FROM participants p JOIN meetings m USING (report, meeting) JOIN works w USING (report)
WHERE p.role = 'chair'
GROUP BY 1, 2 ORDER BY meetings DESC, chair LIMIT 6;

-- Which programmes rise, by month? Works that name them, and how many more than when they were named before.
SELECT trim(g.text, '“”') AS programme, left(r.published, 7) AS month, count(DISTINCT w.work) AS works,
       works - lag(works) OVER (PARTITION BY programme ORDER BY month) AS more
FROM programmes g JOIN reports r USING (report) JOIN works w USING (report)
WHERE r.published IS NOT NULL
GROUP BY 1, 2 QUALIFY count(*) OVER (PARTITION BY programme) > 1
ORDER BY programme, month;

-- Which directives have no owner? Where it would hurt: those with a deadline.
SELECT d.text AS directive, max(t.last_day) AS last_day, min(r.name) AS report
FROM directives d JOIN deadlines t USING (report, directive) JOIN reports r USING (report)
     ANTI JOIN units u USING (report, directive)
WHERE d.strength IN ('must', 'ensure', 'push') AND t.last_day IS NOT NULL
GROUP BY d.report, d.directive, d.text ORDER BY last_day, directive LIMIT 6;
