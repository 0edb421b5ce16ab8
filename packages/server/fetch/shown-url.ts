/**
 * A URL for messages and logs: credentials, query (signatures live there) and fragment are left out. Anything that is not a web address is
 * cut to its scheme, since where its secrets would stand is unknown; what cannot be read at all is shown as nothing.
 */
export function shownUrl(text: string): string {
  if (!URL.canParse(text)) return '';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return url.protocol.slice(0, 40);
  const shown = `${url.protocol}//${url.host}${url.pathname}`;
  return shown.length > longestShown ? `${shown.slice(0, longestShown)}…` : shown;
}

const longestShown = 300;
