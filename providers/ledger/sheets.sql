-- The tables of an export: the file's name, the columns (their aliases), the question. So no JSON must be opened by hand.

-- part runs: run, opened, purpose, state, period, model, rehearsal, names, asked, valid, cost_usd
SELECT id, opened, purpose, coalesce(closings.state, 'open'), period, model, rehearsal, names, asked,
  CASE WHEN coalesce(valid, -1) < 0 THEN '' ELSE valid END,
  CASE WHEN json_type(closings.cost_usd) = 'text' THEN json_extract(closings.cost_usd, '$') ELSE '' END
FROM runs LEFT JOIN closings ON closings.run = runs.id ORDER BY sequence

-- part verdicts: run, ticker, stability, direction, action, valid, current_weight, target_weight
SELECT run, v.value ->> 'ticker', v.value ->> 'stability',
  CASE WHEN json_type(v.value, '$.direction') = 'text' THEN v.value ->> 'direction' ELSE '' END,
  CASE WHEN json_type(v.value, '$.action') = 'text' THEN v.value ->> 'action' ELSE '' END,
  v.value ->> 'valid', v.value ->> 'current_weight', v.value ->> 'target_weight'
FROM closings, json_each(closings.body, '$.stability.verdicts') AS v ORDER BY closings.rowid, v.key

-- part votes: run, ballot, attempt, ticker, stance, target_weight
SELECT run, ballot, attempt, v.value ->> 'ticker', v.value ->> 'stance', v.value ->> 'target_weight'
FROM answers, json_each(answers.body, '$.reading.lines') AS v ORDER BY run, ballot, attempt, v.key

-- part facts: run, id, ticker, day, authority, severity, source, title, url
SELECT runs.id, f.value ->> 'id', f.value ->> 'ticker', f.value ->> 'day', f.value ->> 'authority',
  f.value ->> 'severity', f.value ->> 'source', f.value ->> 'title', f.value ->> 'url'
FROM runs JOIN texts ON texts.digest = runs.snapshot, json_each(texts.body, '$.dossiers') AS d,
  json_each(d.value, '$.facts') AS f ORDER BY runs.sequence, d.key, f.key

-- part portfolio: saved, origin, ticker, quantity, kind, locked, account
WITH parts AS (
  SELECT sequence, 0 AS place, saved, origin, 'main' AS account, json_extract(body, '$.holdings') AS holdings
  FROM portfolios WHERE body ->> '$.accounts' IS NULL
  UNION ALL
  SELECT sequence, a.key, saved, origin, a.value ->> 'name', json_extract(a.value, '$.portfolio.holdings')
  FROM portfolios, json_each(portfolios.body, '$.accounts') AS a
)
SELECT saved, origin, h.value ->> 'ticker', h.value ->> 'quantity', h.value ->> 'kind', h.value ->> 'locked', account
FROM parts, json_each(parts.holdings) AS h ORDER BY sequence, place, h.key
