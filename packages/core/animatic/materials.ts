import type { PlannedClip } from './plan.ts';
import type { Sprite } from './sprite.ts';

/** Collects what a plan is drawn with: equal sprites and clips once, each as large as its largest use. */
export interface Materials {
  /** Registers a sprite and gives its key. Sprites that differ only in size share a key and get the larger size. */
  sprite(sprite: Sprite): string;
  /** Registers a clip and gives its key. Clips of the same video, size and corners share one. */
  clip(clip: PlannedClip): string;
  sprites(): Record<string, Sprite>;
  clips(): Record<string, PlannedClip>;
}

/** Empty materials for one plan. */
export function openMaterials(): Materials {
  const byLook = new Map<string, { key: string; sprite: Sprite }>();
  const clips = new Map<string, { key: string; clip: PlannedClip }>();
  return {
    sprite(sprite) {
      const look = JSON.stringify(sprite, (name, value) => (name === 'width' || name === 'height' ? undefined : value));
      const known = byLook.get(look);
      if (known === undefined) {
        const key = `${sprite.make}-${byLook.size + 1}`;
        byLook.set(look, { key, sprite });
        return key;
      }
      if ('width' in sprite && 'width' in known.sprite && sprite.width > known.sprite.width) known.sprite = sprite;
      return known.key;
    },
    clip(clip) {
      const look = JSON.stringify(clip);
      const known = clips.get(look) ?? { key: `clip-${clips.size + 1}`, clip };
      clips.set(look, known);
      return known.key;
    },
    sprites: () => Object.fromEntries([...byLook.values()].map(({ key, sprite }) => [key, sprite])),
    clips: () => Object.fromEntries([...clips.values()].map(({ key, clip }) => [key, clip])),
  };
}
