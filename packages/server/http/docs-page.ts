import type { Route } from './route.ts';

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d1d1f;background:#fff}
h2{margin-top:2rem;border-bottom:1px solid #ccc}code{font:14px ui-monospace,monospace}dt{margin-top:1rem}dd{margin:0 0 0 1rem;color:#444}
.method{display:inline-block;min-width:4.5rem;font-weight:600}@media(prefers-color-scheme:dark){body{color:#eee;background:#161618}dd{color:#bbb}}`;

/** A page that lists the routes. It needs nothing else: no script, no font, no other site. */
export function docsPage(routes: readonly Route[], version: string): Response {
  const groups = [...new Set(routes.map(({ group }) => group))];
  const sections = groups.map((group) => {
    const rows = routes.filter((route) => route.group === group).map(rowOf);
    return `<h2>${inHtml(group)}</h2><dl>${rows.join('')}</dl>`;
  });
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Refreel API</title><style>${style}</style><h1>Refreel API <small>${inHtml(version)}</small></h1>
<p>Send your key as <code>Authorization: Bearer …</code>; on this machine none is needed until the first one is made.
Every schema is in <a href="/openapi.json">openapi.json</a>.</p>${sections.join('\n')}</html>`;
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'cache-control': 'no-cache',
    },
  });
}

function rowOf({ method, path, summary, query, answers, access }: Route): string {
  const asked = Object.keys(query?.shape ?? {});
  const needs = access === 'admin' || access === 'operator' ? ' Needs the administrator’s key.' : '';
  const says = Object.entries(answers).map(([status, { says }]) => `<code>${status}</code> ${inHtml(says)}`);
  return `<dt><code><span class="method">${method}</span> ${inHtml(path)}</code></dt>
<dd>${inHtml(summary)}.${needs}${asked.length > 0 ? ` Query: <code>${asked.map(inHtml).join(', ')}</code>.` : ''}<br>${says.join(' · ')}</dd>`;
}

function inHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
