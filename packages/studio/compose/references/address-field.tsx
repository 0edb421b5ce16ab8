import type { Card, ReferenceKind } from '@refreel/core/model';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { addAddress } from './add-reference.ts';

/** Takes the address of a picture or a video, which the server fetches. */
export function AddressField({
  card,
  kind,
  onDone,
}: {
  readonly card: Card;
  readonly kind: ReferenceKind;
  readonly onDone: () => void;
}) {
  const t = useTranslations('references');
  const [url, setUrl] = useState('');
  const good = /^https?:\/\/\S+$/.test(url.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!good) return;
    addAddress(url.trim(), card, kind);
    onDone();
  };
  return (
    <form className="address" onSubmit={submit}>
      <label>
        <span className="hidden-visually">{t('address')}</span>
        <input
          className="field"
          type="url"
          // biome-ignore lint/a11y/noAutofocus: it was asked for by a click.
          autoFocus
          placeholder="https://…"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
      </label>
      <button type="submit" className="button" disabled={!good}>
        {t('fetch')}
      </button>
      <button type="button" className="button plain" onClick={onDone}>
        {t('cancel')}
      </button>
    </form>
  );
}
