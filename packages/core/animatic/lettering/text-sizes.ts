/** Pixels of letters and margins for a frame: legible on a phone, never larger than a film's own subtitles. */
export function textSizes(
  width: number,
  height: number,
): { subtitle: number; slate: number; mark: number; caption: number; margin: number } {
  const unit = Math.min(height, (width * 9) / 16, (width + height) / 2.2) / 720;
  const at = (pixels: number, least: number) => Math.max(least, Math.round(pixels * unit));
  return { subtitle: at(30, 12), slate: at(17, 9), mark: at(17, 9), caption: at(26, 11), margin: at(20, 5) };
}
