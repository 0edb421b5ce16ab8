/** The address that a text consists of, as somebody pastes or drops it; undefined for any other text. */
export function addressIn(text: string): string | undefined {
  const [first = ''] = text
    .trim()
    .split(/[\r\n]+/)
    .filter((line) => !line.startsWith('#'));
  return /^https?:\/\/[^\s/]+\S*$/i.test(first) && URL.canParse(first) ? first : undefined;
}

/** What the file behind an address is called, as far as the address says. */
export function fileNameIn(url: string): string | undefined {
  return new URL(url).pathname.split('/').pop() || undefined;
}

/** Whether an address ends like that of a video. */
export function looksLikeFootage(url: string): boolean {
  return /\.(?:mp4|mov|webm|mkv)$/i.test(new URL(url).pathname);
}
