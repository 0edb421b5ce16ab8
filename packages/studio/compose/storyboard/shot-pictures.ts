import { create } from 'zustand';

/** A picture of each shot, as the draft shows it: addresses, fewer than there are shots where the draft is behind. */
export const useShotPictures = create<{ readonly addresses: readonly string[] }>(() => ({ addresses: [] }));

/** What the preview tells. */
export function showShotPictures(addresses: readonly string[]): void {
  useShotPictures.setState({ addresses });
}
