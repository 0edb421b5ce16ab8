import { showPrompt } from '@refreel/core/model';
import type { Asset, Generation } from '@refreel/sdk';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { filmAddress, useRefreel } from '../server/client.ts';
import { useGenerations } from '../server/generations.ts';
import { useModelNames } from '../server/model-names.ts';
import { PickDialog } from '../shared/pick-dialog.tsx';
import { whyFailed } from '../shared/why-failed.ts';

/** What was picked: an asset of the workspace with what was measured of it, and the film that it comes from. */
export interface PickedFilm {
  readonly asset: Asset;
  readonly generation: Generation;
  /** 0-based. */
  readonly film: number;
}

/** A window in which a film of the gallery is picked, as the caller needs it: its last picture, or all of it. */
export function PickFilm({
  as,
  onPick,
  onClose,
}: {
  readonly as: 'last picture' | 'film';
  readonly onPick: (picked: PickedFilm) => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('gallery');
  const refreel = useRefreel();
  const nameOf = useModelNames();
  const { items, isPending, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useGenerations({
    states: ['done'],
  });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const films = items.flatMap((generation) => generation.films.map(({ index }) => ({ generation, film: index })));
  const pick = async (generation: Generation, film: number) => {
    setBusy(true);
    setFailure(undefined);
    try {
      const { id } = generation;
      const asset =
        as === 'film'
          ? await refreel.assets.upload({ url: `${location.origin}${filmAddress(id, film)}` }, { name: `${id}.mp4` })
          : await refreel.generations.still(id, { film });
      onPick({ asset, generation, film });
    } catch (refused) {
      setFailure(whyFailed(refused));
      setBusy(false);
    }
  };
  return (
    <PickDialog
      title={t(as === 'film' ? 'pickFilm' : 'pickLast')}
      failure={failure ?? (error === null ? undefined : whyFailed(error))}
      empty={isPending || hasNextPage ? undefined : t('empty')}
      more={hasNextPage ? { busy: isFetchingNextPage, ask: () => void fetchNextPage() } : undefined}
      onClose={onClose}
    >
      {films.map(({ generation, film }) => (
        <li key={`${generation.id} ${film}`}>
          <button
            type="button"
            className="pick"
            disabled={busy}
            title={showPrompt(generation.request.shots[0]?.prompt ?? [], generation.request.references)}
            onClick={() => void pick(generation, film)}
          >
            <span className="pick-face">
              <video
                className="media-fill"
                src={`${filmAddress(generation.id, film)}#t=0.1`}
                muted
                playsInline
                preload="metadata"
              />
            </span>
            <span className="pick-name">{nameOf(generation.model)}</span>
          </button>
        </li>
      ))}
    </PickDialog>
  );
}
