import type { Card, MediaFacts } from '@refreel/core/model';
import { Suspense, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { learnFacts } from '../../document/project-store.ts';
import { beginUpload } from '../../document/uploads.ts';
import { Icon } from '../../shared/icon.tsx';
import { lazyPart } from '../../shared/lazy-part.tsx';
import { loadPart } from '../../shared/outdated.ts';
import { addFiles, addSubject, offeredKinds } from '../references/add-reference.ts';
import { type Place, placesFor, putInto } from './place.ts';

/** Other places than this machine that inputs come from. */
export type InputSource = 'address' | 'library' | 'last picture' | 'film';

// The menu's kit is half as large as all the rest, and the windows bring lists of their own: each is loaded when it is first wanted.
const AddMenu = lazyPart(async () => (await import('./add-menu.tsx')).AddMenu);
const AddressDialog = lazyPart(async () => (await import('./address-dialog.tsx')).AddressDialog);
const PlaceDialog = lazyPart(async () => (await import('./place-dialog.tsx')).PlaceDialog);
const PickReference = lazyPart(async () => (await import('../../library/pick-reference.tsx')).PickReference);
const PickFilm = lazyPart(async () => (await import('../../gallery/pick-film.tsx')).PickFilm);

interface Picked {
  readonly media: string;
  readonly kind: MediaFacts['kind'];
  readonly places: readonly Place[];
}

/** The + of the toolbar: everything that the model takes, from this machine, an address, the library or the gallery. */
export function AddInput({
  card,
  onAdded,
}: {
  readonly card: Card;
  /** Told which panel shows what was added. */
  readonly onAdded: (panel: 'references' | 'image') => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState(false);
  const [wanted, setWanted] = useState<Place>('image');
  const [source, setSource] = useState<InputSource>();
  const [picked, setPicked] = useState<Picked>();
  const kinds = offeredKinds(card);
  const frames = (['startFrame', 'endFrame'] as const).filter((frame) => card.inputs[frame]);
  const show = (place: Place) => onAdded(place === 'startFrame' || place === 'endFrame' ? 'image' : 'references');
  const pick = (place: Place) => {
    if (place === 'subject') {
      addSubject();
      return show(place);
    }
    setWanted(place);
    input.current?.setAttribute('accept', place === 'video' ? 'video/*,.mkv' : 'image/*');
    input.current?.click();
  };
  const take = (files: FileList | null) => {
    if (files === null || files.length === 0) return;
    if (wanted === 'startFrame' || wanted === 'endFrame') putInto(wanted, beginUpload(files[0]!));
    else addFiles(files, card, wanted);
    show(wanted);
  };
  const place = (one: Picked, to: Place) => {
    putInto(to, one.media, { footage: one.kind === 'video' });
    setPicked(undefined);
    show(to);
  };
  const close = () => setSource(undefined);
  if (kinds.length + frames.length === 0) return null;
  return (
    <>
      {asked ? (
        <Suspense fallback={<MenuButton />}>
          <AddMenu card={card} places={[...kinds, ...frames]} onPick={pick} onSource={setSource} />
        </Suspense>
      ) : (
        <MenuButton onAsk={() => setAsked(true)} />
      )}
      <Suspense>
        {source === 'address' && <AddressDialog card={card} onAdded={show} onClose={close} />}
        {picked !== undefined && (
          <PlaceDialog
            places={picked.places}
            onPlace={(to) => place(picked, to)}
            onClose={() => setPicked(undefined)}
          />
        )}
        {source === 'library' && (
          <PickReference
            kinds={(['subject', 'scene', 'image', 'video'] as const).filter((kind) => card.inputs[kind] !== null)}
            onPick={(saved) => {
              close();
              void loadPart(() => import('../../library/use-reference.ts')).then((part) =>
                part?.addSavedReference(saved),
              );
              onAdded('references');
            }}
            onClose={close}
          />
        )}
        {(source === 'last picture' || source === 'film') && (
          <PickFilm
            as={source}
            onPick={({ asset }) => {
              close();
              learnFacts({ [asset.asset]: asset.facts });
              const { kind } = asset.facts;
              const one: Picked = { media: asset.asset, kind, places: placesFor(card, kind) };
              if (one.places.length === 1) place(one, one.places[0]!);
              else setPicked(one);
            }}
            onClose={close}
          />
        )}
      </Suspense>
      <input
        ref={input}
        type="file"
        hidden
        multiple={wanted !== 'startFrame' && wanted !== 'endFrame'}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
    </>
  );
}

/** What opens the menu, until the menu is there. */
function MenuButton({ onAsk }: { readonly onAsk?: () => void }) {
  const t = useTranslations('inputs');
  return (
    <button type="button" className="button round" aria-label={t('addMenu')} aria-haspopup="menu" onClick={onAsk}>
      <Icon name="add" />
    </button>
  );
}
