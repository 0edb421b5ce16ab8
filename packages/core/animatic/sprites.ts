import type { Sprite } from './sprite.ts';

/** Collects the sprites of a plan: equal ones once, each as large as its largest use. */
export interface SpriteBook {
  /** Registers a sprite and gives its key. Sprites that differ only in size share a key and get the larger size. */
  add(sprite: Sprite): string;
  sprites(): Record<string, Sprite>;
}

export function openSpriteBook(): SpriteBook {
  const byLook = new Map<string, { key: string; sprite: Sprite }>();
  return {
    add(sprite) {
      const look = JSON.stringify(sprite, (name, value) => (name === 'width' || name === 'height' ? undefined : value));
      const known = byLook.get(look);
      if (known === undefined) {
        const key = `${sprite.make}-${byLook.size}`;
        byLook.set(look, { key, sprite });
        return key;
      }
      if ('width' in sprite && 'width' in known.sprite && sprite.width > known.sprite.width) known.sprite = sprite;
      return known.key;
    },
    sprites: () => Object.fromEntries([...byLook.values()].map(({ key, sprite }) => [key, sprite])),
  };
}
