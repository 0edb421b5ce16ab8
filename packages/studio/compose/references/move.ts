import { moveReference } from '../../document/project-store.ts';

/** Moves a reference, and leaves the focus where it was: a browser loses it when a part of the page changes its place. */
export function moveKeepingFocus(id: string, to: number): void {
  const focused = document.activeElement;
  moveReference(id, to);
  requestAnimationFrame(() => {
    if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused) focused.focus();
  });
}
