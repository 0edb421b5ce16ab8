import type { Card, Reference } from '@refreel/core/model';
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { changeReference, removeReference, useProject } from '../../document/project-store.ts';
import { SaveReference } from '../../library/save-reference.tsx';
import { Icon } from '../../shared/icon.tsx';
import { MediaSlot } from '../media/media-slot.tsx';
import { FindingsAt } from '../review/findings.tsx';
import { kindOn } from './add-reference.ts';
import { Extras } from './extras.tsx';
import { GoodPicture, Judgements } from './judgements.tsx';
import { moveKeepingFocus } from './move.ts';
import { ReferenceName } from './reference-name.tsx';
import { VideoExtras } from './video-extras.tsx';

const dragged = 'application/x-refreel-reference';

/** One reference: its picture, its name, the tag that it gets, and what its kind has besides. It moves by drag, by its buttons, by Shift and an arrow. */
export function ReferenceTile({
  reference,
  index,
  tag,
  card,
}: {
  readonly reference: Reference;
  readonly index: number;
  readonly tag: string | undefined;
  readonly card: Card;
}) {
  const t = useTranslations('references');
  const [over, setOver] = useState(false);
  const { id, kind, name } = reference;
  const references = useProject(({ request }) => request.references);
  // Order counts among references that are alike to the model: that is how vendors number them.
  const alike = kindOn(card, kind);
  const before = references.findLastIndex((one, at) => at < index && kindOn(card, one.kind) === alike);
  const behind = references.findIndex((one, at) => at > index && kindOn(card, one.kind) === alike);
  const move = (to: number) => to !== -1 && moveKeepingFocus(id, to);
  const place = `references[${index}]`;
  const setMain = (media: string | undefined) => {
    if (kind === 'subject')
      changeReference(id, (one) => {
        const { image: _, ...rest } = one as Extract<Reference, { kind: 'subject' }>;
        return media === undefined ? rest : { ...rest, image: media };
      });
    else if (media === undefined) removeReference(id);
    else
      changeReference(
        id,
        (one) => (one.kind === 'video' ? { ...one, video: media } : { ...one, image: media }) as Reference,
      );
  };
  const takesDrag = (event: DragEvent) => event.dataTransfer.types.includes(dragged);
  const press = (event: KeyboardEvent) => {
    // In a field the same keys choose text.
    const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (!event.shiftKey || isField || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    move(event.key === 'ArrowLeft' ? before : behind);
  };
  const mover = (icon: 'left' | 'right', label: 'before' | 'behind', to: number) => (
    <button
      type="button"
      className="button plain tiny round"
      aria-label={t(label, { name })}
      // One that is disabled would lose the focus at the end of the row.
      aria-disabled={to === -1}
      aria-keyshortcuts={icon === 'left' ? 'Shift+ArrowLeft' : 'Shift+ArrowRight'}
      onClick={() => move(to)}
    >
      <Icon name={icon} size={16} />
    </button>
  );
  return (
    <li
      className={`reference ${kind}${over ? ' over' : ''}`}
      data-name={name}
      data-id={id}
      draggable
      onKeyDown={press}
      onDragStart={(event) => {
        event.dataTransfer.setData(dragged, id);
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        if (!takesDrag(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const moved = event.dataTransfer.getData(dragged);
        if (moved === '' || moved === id) return;
        event.preventDefault();
        moveKeepingFocus(moved, index);
      }}
    >
      <MediaSlot
        takes={kind === 'video' ? 'video' : 'image'}
        shape={alike === 'subject' || alike === 'image' ? 'tile' : 'wide'}
        label={kind === 'subject' ? t('frontal') : name}
        media={kind === 'video' ? reference.video : reference.image}
        crop={kind === 'video' ? undefined : kind === 'subject' ? 'subject' : 'scene'}
        hint={kind === 'subject' ? t('frontalHint') : undefined}
        onMedia={setMain}
      >
        {tag !== undefined && (
          <span className="reference-tag" title={t('tag')}>
            {tag}
          </span>
        )}
        {kind === 'subject' && <GoodPicture media={reference.image} place={place} />}
      </MediaSlot>
      <div className="reference-row">
        <ReferenceName reference={reference} />
        {mover('left', 'before', before)}
        {mover('right', 'behind', behind)}
        <SaveReference reference={reference} />
        <button
          type="button"
          className="button plain tiny round"
          aria-label={t('remove', { name })}
          onClick={() => removeReference(id)}
        >
          <Icon name="close" size={16} />
        </button>
      </div>
      {(reference.kind === 'subject' || reference.kind === 'scene') && <Extras reference={reference} card={card} />}
      {reference.kind === 'video' && <VideoExtras video={reference} card={card} />}
      <Judgements place={place} />
      <FindingsAt paths={[place]} />
    </li>
  );
}
