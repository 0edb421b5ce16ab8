import type { Reference } from '@refreel/core/model';
import { assetAddress } from '../server/client.ts';
import { Icon } from '../shared/icon.tsx';
import { faceOf } from './saved-media.ts';

/** The picture of a kept reference, filling its place. `about` is what it shows; empty beside its name. */
export function ReferenceFace({ reference, about }: { readonly reference: Reference; readonly about: string }) {
  const face = faceOf(reference);
  if (face === undefined) return <Icon name="voice" size={28} />;
  if (reference.kind === 'video' || face !== ('image' in reference ? reference.image : undefined))
    return (
      <video
        className="media-fill"
        src={`${assetAddress(face)}#t=0.1`}
        muted
        playsInline
        preload="metadata"
        {...(about === '' ? { 'aria-hidden': true } : { 'aria-label': about })}
      />
    );
  return <img className="media-fill" src={assetAddress(face)} alt={about} draggable={false} loading="lazy" />;
}
