import { useState } from 'react';
import { isPending } from '../document/project.ts';
import { useProject } from '../document/project-store.ts';
import { useUploads } from '../document/uploads.ts';
import { assetAddress } from '../server/client.ts';
import { Icon } from './icon.tsx';

/** Where a medium can be seen, and what it is: before it is sent, from the person's own file. */
export function useMedium(media: string): {
  readonly address: string | undefined;
  readonly kind: 'image' | 'video' | 'audio';
} {
  const upload = useUploads((all) => all[media]);
  const facts = useProject((project) => project.facts[media]);
  const type = upload?.mediaType ?? '';
  const guessed = type.startsWith('video/') ? 'video' : type.startsWith('audio/') ? 'audio' : 'image';
  if (isPending(media)) return { address: upload?.preview, kind: guessed };
  return { address: media.startsWith('asset:') ? assetAddress(media) : undefined, kind: facts?.kind ?? guessed };
}

/** A medium as a picture that fills its place. `about` is what it shows. */
export function MediaView({ media, about }: { readonly media: string; readonly about: string }) {
  const { address, kind } = useMedium(media);
  const [unshown, setUnshown] = useState<string>();
  if (address === undefined || address === unshown || kind === 'audio')
    return <Icon name={kind === 'audio' ? 'voice' : 'image'} size={28} />;
  if (kind === 'image')
    return (
      <img className="media-fill" src={address} alt={about} draggable={false} onError={() => setUnshown(address)} />
    );
  return (
    <video className="media-fill" src={`${address}#t=0.1`} aria-label={about} muted preload="metadata" playsInline />
  );
}
