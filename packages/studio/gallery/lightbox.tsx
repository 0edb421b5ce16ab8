import './lightbox.css';
import { findCard } from '@refreel/core/catalog';
import { showMoney, showPrompt } from '@refreel/core/model';
import type { Generation } from '@refreel/sdk';
import { useFormatter, useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { openRequest } from '../document/open-request.ts';
import { filmAddress } from '../server/client.ts';
import { Dialog } from '../shared/dialog.tsx';
import { Icon } from '../shared/icon.tsx';
import { usePreferences } from '../shared/preferences.ts';
import { saveJson } from './save-json.ts';

/** One film, large, with what it was made from. */
export function Lightbox({
  generation,
  film,
  onClose,
}: {
  readonly generation: Generation;
  readonly film: number;
  readonly onClose: () => void;
}) {
  const t = useTranslations('gallery');
  const format = useFormatter();
  const language = usePreferences((preferences) => preferences.language);
  const [, go] = useLocation();
  const { id, model, request, quote, createdAt, films } = generation;
  const facts = films.find(({ index }) => index === film)?.facts;
  const remix = async () => {
    await openRequest(request);
    go('/');
  };
  const paid = generation.attempts.some(({ producer }) => producer === 'upstream');
  return (
    <Dialog label={t('film')} className="lightbox" onClose={onClose}>
      {/* biome-ignore lint/a11y/useMediaCaption: its subtitles are drawn in its pictures. */}
      <video src={filmAddress(id, film)} controls autoPlay loop playsInline aria-label={t('film')} />
      <div className="lightbox-words">
        <div className="lightbox-head">
          <strong>{findCard(model)?.name[language] ?? model}</strong>
          <button type="button" className="button plain round" aria-label={t('close')} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        <p className="lightbox-prompt">
          {request.shots.map(({ prompt }) => showPrompt(prompt, request.references)).join('\n\n')}
        </p>
        <p className="small quiet">
          {facts !== undefined &&
            `${facts.width}×${facts.height} · ${Number(facts.seconds.toFixed(2))} s · ${Number(facts.fps.toFixed(2))} fps · `}
          {format.dateTime(new Date(createdAt), { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })}
        </p>
        <p className="small quiet">
          {paid ? (quote?.total ? t('quoted', { amount: showMoney(quote.total) }) : t('priceUnknown')) : t('drawnHere')}
        </p>
        <div className="lightbox-actions">
          <button type="button" className="button main" onClick={() => void remix()}>
            <Icon name="remix" /> {t('remix')}
          </button>
          <a className="button" href={filmAddress(id, film, true)} download>
            <Icon name="download" /> MP4
          </a>
          <button type="button" className="button" onClick={() => saveJson(request, `${id}.json`)}>
            <Icon name="download" /> {t('request')}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
