"""The look of the report's page: light and dark by the reader's own setting, one column that fits a phone.

Colours are Okabe and Ito's (safe for colour-blind readers); each is doubled by a letter or a word, never alone.
"""

STYLE = """
:root{--bg:#fff;--fg:#1a1a1a;--dim:#5c5c5c;--line:#dcdcdc;--card:#f6f6f4;--link:#0b57a4;
--buy:#0072b2;--add:#9ccbe8;--hold:#d9d9d9;--lighten:#f3c57a;--sell:#d55e00;--none:transparent;--warn:#a33b00}
@media(prefers-color-scheme:dark){:root{--bg:#14161a;--fg:#e8e6e3;--dim:#a3a3a3;--line:#33373d;--card:#1d2026;
--link:#7cb8f0;--buy:#3b9fdb;--add:#285a78;--hold:#4a4d52;--lighten:#7a5a20;--sell:#e8762c;--warn:#ffab73}}
*{box-sizing:border-box}body{margin:0 auto;padding:12px;max-width:760px;background:var(--bg);color:var(--fg);
font:16px/1.45 system-ui,sans-serif;overflow-wrap:anywhere}h1{font-size:1.3em;margin:.3em 0}
h2{font-size:1.05em;margin:1.6em 0 .4em;border-bottom:1px solid var(--line)}h3{font-size:1em;margin:.2em 0}
p{margin:.3em 0}a{color:var(--link)}small,.dim{color:var(--dim);font-size:.87em}
.label{border:2px solid var(--warn);color:var(--warn);font-weight:700;padding:6px 10px;margin:6px 0;border-radius:6px}
.row{display:flex;flex-wrap:wrap;gap:2px 10px;align-items:baseline;padding:5px 0;border-bottom:1px solid var(--line)}
.row b{min-width:4.5em}.cells{display:inline-flex;gap:2px;flex-wrap:wrap}.cells i{font-style:normal;font-size:11px;
width:18px;height:18px;line-height:18px;text-align:center;border-radius:3px;border:1px solid var(--line);color:#000}
.buy{background:var(--buy);color:#fff!important}.add{background:var(--add)}.hold{background:var(--hold)}
.lighten{background:var(--lighten)}.sell{background:var(--sell)}.abstain,.missing{background:var(--none);color:var(--dim)!important}
@media(prefers-color-scheme:dark){.cells i{color:#fff}.sell,.buy{color:#000!important}}
.warn{color:var(--warn);font-weight:600}article{background:var(--card);border:1px solid var(--line);border-radius:8px;
padding:8px 12px;margin:10px 0}details{margin:.3em 0}summary{cursor:pointer;padding:4px 0}ul{margin:.2em 0;padding-left:1.2em}
table{border-collapse:collapse;width:100%;font-size:.9em}td,th{text-align:left;padding:3px 6px 3px 0;vertical-align:top;
border-bottom:1px solid var(--line)}td+td{overflow-wrap:anywhere}
"""
