import type { Generation, SavedReference } from '@refreel/sdk';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Lightbox } from '../gallery/lightbox.tsx';
import { Thumb } from '../queue/thumb.tsx';
import { useGeneration } from '../server/generations.ts';
import { useModelNames } from '../server/model-names.ts';
import { PickDialog } from '../shared/pick-dialog.tsx';

/** The newest films that were made with a kept reference; each opens. */
export function UsesOf({ saved, onClose }: { readonly saved: SavedReference; readonly onClose: () => void }) {
  const t = useTranslations('library');
  const [open, setOpen] = useState<Generation>();
  return (
    <>
      <PickDialog
        title={t('usesOf', { name: saved.name })}
        failure={undefined}
        empty={undefined}
        more={undefined}
        onClose={onClose}
      >
        {saved.uses.newest.map((id) => (
          <Use key={id} id={id} onOpen={setOpen} />
        ))}
      </PickDialog>
      {open !== undefined && (
        <Lightbox generation={open} film={open.films[0]?.index} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}

function Use({ id, onOpen }: { readonly id: string; readonly onOpen: (generation: Generation) => void }) {
  const states = useTranslations('queue.states');
  const nameOf = useModelNames();
  const { data } = useGeneration(id);
  // One that was deleted meanwhile is not missed.
  if (data === undefined) return null;
  return (
    <li>
      <button type="button" className="pick" onClick={() => onOpen(data)}>
        <span className="pick-face">
          <Thumb generation={data} />
        </span>
        <span className="pick-name">
          {nameOf(data.model)} <span className="small quiet">{states(data.state)}</span>
        </span>
      </button>
    </li>
  );
}
