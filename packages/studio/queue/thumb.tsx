import type { Generation } from '@refreel/sdk';
import { useTranslations } from 'use-intl';
import { assetAddress, filmAddress } from '../server/client.ts';
import { Icon } from '../shared/icon.tsx';

/** What a generation looks like: its film, or until there is one the picture that it starts from. */
export function Thumb({ generation }: { readonly generation: Generation }) {
  const t = useTranslations('queue');
  const [film] = generation.films;
  if (film !== undefined)
    return (
      <video
        className="thumb"
        src={`${filmAddress(generation.id, film.index)}#t=0.1`}
        muted
        playsInline
        preload="metadata"
        aria-label={t('film')}
      />
    );
  const picture = firstPicture(generation.request);
  if (picture === undefined)
    return (
      <span className="thumb">
        <Icon name="film" />
      </span>
    );
  return <img className="thumb" src={assetAddress(picture)} alt="" />;
}

function firstPicture({ startFrame, references }: Generation['request']): string | undefined {
  const all = [startFrame, ...references.map((one) => (one.kind === 'video' ? undefined : one.image))];
  return all.find((media) => media?.startsWith('asset:'));
}
