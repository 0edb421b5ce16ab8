import type { Card, Reference } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { changeReference, moveReference, removeReference, useProject } from '../../document/project-store.ts';
import { Icon } from '../../shared/icon.tsx';
import { MediaSlot } from '../media/media-slot.tsx';
import { FindingsAt } from '../review/findings.tsx';
import { ReferenceName } from './reference-name.tsx';
import { SubjectExtras } from './subject-extras.tsx';
import { VideoExtras } from './video-extras.tsx';

/** One reference: its picture, its name, the tag that it gets, and what its kind has besides. */
export function ReferenceTile({
  reference,
  index,
  tag,
  card,
}: {
  readonly reference: Reference;
  readonly index: number;
  readonly tag: string | undefined;
  readonly card: Card | undefined;
}) {
  const t = useTranslations('references');
  const { id, kind, name } = reference;
  const references = useProject(({ request }) => request.references);
  // Order counts among references of a kind: that is how vendors number them.
  const before = references.findLastIndex((one, at) => at < index && one.kind === kind);
  const behind = references.findIndex((one, at) => at > index && one.kind === kind);
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
  return (
    <li
      className={`reference ${kind}`}
      data-name={name}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData('application/x-refreel-reference', id);
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('application/x-refreel-reference')) event.preventDefault();
      }}
      onDrop={(event) => {
        const moved = event.dataTransfer.getData('application/x-refreel-reference');
        if (moved === '' || moved === id) return;
        event.preventDefault();
        moveReference(moved, index);
      }}
    >
      <MediaSlot
        takes={kind === 'video' ? 'video' : 'image'}
        shape={kind === 'subject' ? 'tile' : 'wide'}
        label={kind === 'subject' ? t('frontal') : name}
        media={kind === 'video' ? reference.video : reference.image}
        onMedia={setMain}
      >
        {tag !== undefined && (
          <span className="reference-tag" title={t('tag')}>
            {tag}
          </span>
        )}
      </MediaSlot>
      <div className="reference-row">
        <ReferenceName reference={reference} />
        <button
          type="button"
          className="button plain tiny round"
          aria-label={t('before', { name })}
          disabled={before === -1}
          onClick={() => moveReference(id, before)}
        >
          <Icon name="left" size={16} />
        </button>
        <button
          type="button"
          className="button plain tiny round"
          aria-label={t('behind', { name })}
          disabled={behind === -1}
          onClick={() => moveReference(id, behind)}
        >
          <Icon name="right" size={16} />
        </button>
        <button
          type="button"
          className="button plain tiny round"
          aria-label={t('remove', { name })}
          onClick={() => removeReference(id)}
        >
          <Icon name="close" size={16} />
        </button>
      </div>
      {reference.kind === 'subject' && <SubjectExtras subject={reference} card={card} />}
      {reference.kind === 'video' && <VideoExtras video={reference} card={card} />}
      <FindingsAt paths={[`references[${index}]`]} />
    </li>
  );
}
