import type { Card, ReferenceKind } from '@refreel/core/model';
import { type DragEvent, lazy, Suspense, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useProject } from '../../document/project-store.ts';
import { useReview } from '../../document/use-review.ts';
import { Icon } from '../../shared/icon.tsx';
import { FindingsAt } from '../review/findings.tsx';
import { addFiles, addSubject, offeredKinds } from './add-reference.ts';
import { AddressField } from './address-field.tsx';
import { LimitCounters } from './limit-counters.tsx';
import { ReferenceTile } from './reference-tile.tsx';

// The menu's kit is half as large as all the rest: it is loaded when it is first wanted.
const AddMenu = lazy(async () => ({ default: (await import('./add-menu.tsx')).AddMenu }));

/** What must keep its look: the panel that the model's card asks for, and whatever else was given before the model was changed. */
export function ReferencesPanel({ card }: { readonly card: Card }) {
  const t = useTranslations('references');
  const references = useProject(({ request }) => request.references);
  const { tags } = useReview();
  const input = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState<ReferenceKind>('image');
  const [menuAsked, setMenuAsked] = useState(false);
  const [asking, setAsking] = useState<ReferenceKind>();
  const offered = offeredKinds(card);
  const kinds = (['subject', 'scene', 'image', 'video'] as const).filter((kind) =>
    references.some((one) => one.kind === kind),
  );
  const absent = offered.filter((kind) => !kinds.includes(kind));
  const pick = (kind: ReferenceKind) => {
    if (kind === 'subject') return addSubject();
    setWanted(kind);
    input.current?.setAttribute('accept', kind === 'video' ? 'video/*,.mkv' : 'image/*');
    input.current?.click();
  };
  const drop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    addFiles(event.dataTransfer.files, card);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped here; the buttons within do the same for keys.
    <div
      className="references"
      onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
      onDrop={drop}
    >
      <div className="references-head">
        <LimitCounters />
        {menuAsked ? (
          <Suspense fallback={<MenuButton />}>
            <AddMenu kinds={offered} onPick={pick} onAddress={setAsking} />
          </Suspense>
        ) : (
          offered.length > 0 && <MenuButton onAsk={() => setMenuAsked(true)} />
        )}
      </div>
      {asking !== undefined && <AddressField card={card} kind={asking} onDone={() => setAsking(undefined)} />}
      {kinds.map((kind) => (
        <section key={kind} className="references-kind" aria-label={t(`kinds.${kind}`)}>
          <h3 className="small quiet">{t(`kinds.${kind}`)}</h3>
          <ul className="references-list">
            {references.map((reference, index) =>
              reference.kind === kind ? (
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

/** What opens the menu, until the menu is there. */
function MenuButton({ onAsk }: { readonly onAsk?: () => void }) {
  const t = useTranslations('references');
  return (
    <button type="button" className="button" aria-label={t('addMenu')} aria-haspopup="menu" onClick={onAsk}>
      <Icon name="add" />
    </button>
  );
}
