import { useEffect, useRef } from 'react';

/** Where keys work. Those of a part work while the focus is in it. */
export const shortcutGroups = ['everywhere', 'compose', 'storyboard', 'references', 'preview', 'gallery'] as const;

/**
 * Every shortcut: its keys, each as `KeyboardEvent.key` names it ("Mod" is Ctrl, on a Mac Command), and where it works. Those of
 * `everywhere` and `compose` are listened to here; the others by their parts.
 */
export const shortcuts = {
  help: { group: 'everywhere', keys: ['?'] },
  toCompose: { group: 'everywhere', keys: ['Alt', '1'] },
  toGallery: { group: 'everywhere', keys: ['Alt', '2'] },
  toLibrary: { group: 'everywhere', keys: ['Alt', '3'] },
  toProjects: { group: 'everywhere', keys: ['Alt', '4'] },
  toSettings: { group: 'everywhere', keys: ['Alt', '5'] },
  generate: { group: 'compose', keys: ['Mod', 'Enter'] },
  undo: { group: 'compose', keys: ['Mod', 'Z'] },
  redo: { group: 'compose', keys: ['Mod', 'Shift', 'Z'] },
  code: { group: 'compose', keys: ['Mod', '/'] },
  moveShot: { group: 'storyboard', keys: ['Shift', '←', '→'] },
  duplicateShot: { group: 'storyboard', keys: ['D'] },
  splitShot: { group: 'storyboard', keys: ['S'] },
  insertShot: { group: 'storyboard', keys: ['N'] },
  removeShot: { group: 'storyboard', keys: ['Delete'] },
  moveReference: { group: 'references', keys: ['Shift', '←', '→'] },
  play: { group: 'preview', keys: ['Space'] },
  seek: { group: 'preview', keys: ['←', '→'] },
  frame: { group: 'preview', keys: [',', '.'] },
  mute: { group: 'preview', keys: ['M'] },
  full: { group: 'preview', keys: ['F'] },
  filmFrame: { group: 'gallery', keys: [',', '.'] },
  filmNext: { group: 'gallery', keys: ['←', '→'] },
} as const satisfies Readonly<
  Record<string, { readonly group: (typeof shortcutGroups)[number]; readonly keys: readonly string[] }>
>;

export type ShortcutName = keyof typeof shortcuts;

/** Whether an event is a shortcut's: all of its keys, and no other. */
export function isPressed(event: KeyPress, keys: readonly string[]): boolean {
  const wants = (key: string) => keys.includes(key);
  const last = keys.at(-1) ?? '';
  if ((event.ctrlKey || event.metaKey) !== wants('Mod') || event.altKey !== wants('Alt')) return false;
  // A sign that needs Shift is named by itself.
  if (event.shiftKey !== wants('Shift') && /[a-z0-9]/i.test(last)) return false;
  // With Alt some keyboards write other signs: there the place of the key counts.
  return event.key.toLowerCase() === last.toLowerCase() || (wants('Alt') && event.code === `Digit${last}`);
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Whether keys write text there, so that a letter or undo is the field's own. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(?:TEXTAREA|SELECT)$/.test(target.tagName) || isTextInput(target);
}

function isTextInput(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && !/^(?:button|checkbox|radio|range|file|submit)$/.test(target.type);
}

/** Does something at a shortcut while a component is there, unless a window stands above the page. */
export function useShortcut(name: ShortcutName, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const { keys } = shortcuts[name];
    // A field has its own undo, and takes every sign; what goes with Enter or Alt is nobody's text.
    const whileTyping = keys.some((key: string) => key === 'Enter' || key === 'Alt' || key === '/');
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !isPressed(event, keys)) return;
      if ((isTyping(event.target) && !whileTyping) || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [name]);
}
