import type { Card, ReferenceKind } from '@refreel/core/model';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useProject } from '../../document/project-store.ts';
import { beginUpload } from '../../document/uploads.ts';
import { useReview } from '../../document/use-review.ts';
import { Icon } from '../../shared/icon.tsx';
import { useTouchDrag } from '../../shared/touch-drag.ts';
import { placesFor, putInto } from '../inputs/place.ts';
import { addressIn, fileNameIn, looksLikeFootage } from '../media/address-in.ts';
import { FindingsAt } from '../review/findings.tsx';
import { addFiles, addSubject, kindOn, offeredKinds } from './add-reference.ts';
import { LimitCounters } from './limit-counters.tsx';
import { moveKeepingFocus } from './move.ts';
import { ReferenceTile } from './reference-tile.tsx';

/** What must keep its look: the panel that the model's card asks for, and whatever else was given before the model was changed. */
export function ReferencesPanel({ card }: { readonly card: Card }) {
  const t = useTranslations('references');
  const references = useProject(({ request }) => request.references);
  const { tags } = useReview();
  const input = useRef<HTMLInputElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  useTouchDrag(panel, '.reference[data-id]', (item, over) => {
    const to = references.findIndex(({ id }) => id === over.dataset.id);
    if (to !== -1) moveKeepingFocus(item.dataset.id!, to);
  });
  const [wanted, setWanted] = useState<ReferenceKind>('image');
  const offered = offeredKinds(card);
  const kinds = (['subject', 'scene', 'image', 'video'] as const).filter((kind) =>
    references.some((one) => kindOn(card, one.kind) === kind),
  );
  const absent = offered.filter((kind) => !kinds.includes(kind));
  const pick = (kind: ReferenceKind) => {
    if (kind === 'subject') return addSubject();
    setWanted(kind);
    input.current?.setAttribute('accept', kind === 'video' ? 'video/*,.mkv' : 'image/*');
    input.current?.click();
  };
  const drop = (event: DragEvent) => {
    const { files } = event.dataTransfer;
    const url = addressIn(event.dataTransfer.getData('text/uri-list'));
    if (files.length === 0 && url === undefined) return;
    event.preventDefault();
    if (files.length > 0) return addFiles(files, card);
    const footage = looksLikeFootage(url!);
    const [place] = placesFor(card, footage ? 'video' : 'image');
    if (place !== undefined) putInto(place, beginUpload({ url: url! }), { name: fileNameIn(url!), footage });
  };
  const tagged = tags.flatMap(({ id, tag }) => {
    const name = references.find((one) => one.id === id)?.name;
    return name === undefined || tag === undefined ? [] : [`@${name}: ${tag}`];
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped here; the buttons within do the same for keys.
    <div
      ref={panel}
      className="references"
      onDragOver={(event) => {
        const { types } = event.dataTransfer;
        if (types.includes('Files') || types.includes('text/uri-list')) event.preventDefault();
      }}
      onDrop={drop}
    >
      <LimitCounters card={card} />
      {kinds.map((kind) => (
        <section key={kind} className="references-kind" aria-label={t(`kinds.${kind}`)}>
          <h3 className="small quiet">{t(`kinds.${kind}`)}</h3>
          <ul className="references-list">
            {references.map((reference, index) =>
              kindOn(card, reference.kind) === kind ? (
                <ReferenceTile
                  key={reference.id}
                  reference={reference}
                  index={index}
                  tag={tags.find(({ id }) => id === reference.id)?.tag}
                  card={card}
                />
              ) : null,
            )}
            {offered.includes(kind) && (
              <li className={`reference ${kind}`}>
                <AddTile kind={kind} onPick={pick} />
              </li>
            )}
          </ul>
        </section>
      ))}
      {absent.length > 0 && (
        <div className={references.length === 0 ? 'references-list' : 'references-more'}>
          {absent.map((kind) => (
            <AddTile key={kind} kind={kind} onPick={pick} />
          ))}
        </div>
      )}
      {offered.length === 0 && <p className="quiet">{t('none')}</p>}
      <FindingsAt paths={['references']} />
      <p className="hidden-visually" role="status">
        {tagged.join(', ')}
      </p>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        onChange={(event) => {
          addFiles(event.target.files ?? [], card, wanted);
          event.target.value = '';
        }}
      />
    </div>
  );
}

function AddTile({ kind, onPick }: { readonly kind: ReferenceKind; readonly onPick: (kind: ReferenceKind) => void }) {
  const t = useTranslations('references');
  return (
    <button type="button" className={`reference-add ${kind}`} onClick={() => onPick(kind)}>
      <Icon name="add" size={20} /> {t(`add.${kind}`)}
    </button>
  );
}
