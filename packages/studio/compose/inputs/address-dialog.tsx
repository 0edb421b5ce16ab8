import type { Card } from '@refreel/core/model';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { beginUpload } from '../../document/uploads.ts';
import { Choice } from '../../shared/choice.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { addressIn, fileNameIn, looksLikeFootage } from '../media/address-in.ts';
import { type Place, placesFor, putInto } from './place.ts';

/** Takes the address of a picture or a video, which the server fetches, and what it is for. */
export function AddressDialog({
  card,
  onAdded,
  onClose,
}: {
  readonly card: Card;
  readonly onAdded: (place: Place) => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('inputs');
  const places = [...new Set([...placesFor(card, 'image'), ...placesFor(card, 'video')])];
  const [place, setPlace] = useState(places[0]);
  const [text, setText] = useState('');
  const url = addressIn(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (url === undefined || place === undefined) return;
    putInto(place, beginUpload({ url }), { name: fileNameIn(url), footage: looksLikeFootage(url) });
    onAdded(place);
    onClose();
  };
  return (
    <Dialog label={t('sources.address')} className="input-dialog" onClose={onClose}>
      <form className="input-address" onSubmit={submit}>
        <h2>{t('sources.address')}</h2>
        <label>
          <span className="hidden-visually">{t('address')}</span>
          <input
            className="field"
            type="url"
            autoFocus
            placeholder="https://…"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <Choice
          legend={t('useAs')}
          options={places}
          value={place}
          show={(one) => t(`places.${one as Place}`)}
          onChoose={(one) => setPlace(one as Place)}
        />
        <div className="input-buttons">
          <button type="button" className="button plain" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="button main" disabled={url === undefined || place === undefined}>
            {t('fetch')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
