import { type Card, situationOf } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { canSwitch, numberChoices } from '../../document/card-choices.ts';
import { beginStep, changeRequest, useProject } from '../../document/project-store.ts';
import { useReview } from '../../document/use-review.ts';
import { Toggle } from '../../shared/choice.tsx';
import { FindingsAt } from '../review/findings.tsx';
import { AudioField } from './audio-field.tsx';
import { NumberField } from './number-field.tsx';
import { RegionField } from './region-field.tsx';
import { SecondsField } from './seconds-field.tsx';
import { ShapeFields } from './shape-fields.tsx';

const mostSeed = 2_147_483_647;
const common = ['seconds', 'size', 'ratio', 'tier', 'mode', 'audio', 'model', 'from', 'alternatives', ''];
const rare = ['fps', 'count', 'seed', 'watermark', 'expand', 'negativePrompt', 'draftMark', 'strict'];

/** The settings that the model's card offers, with its defaults; what is seldom touched stays folded. */
export function SettingsPanel({ card }: { readonly card: Card }) {
  const t = useTranslations('settings');
  const request = useProject((project) => project.request);
  const { taken, film, problems } = useReview();
  const { fps, count, seed, watermark, expand, negativePrompt, draftMark } = request;
  const situation = situationOf(taken, film);
  const rates = numberChoices(card.fps, situation);
  const counts = numberChoices(card.count, situation);
  const put = (change: Parameters<typeof changeRequest>[0]) => {
    beginStep();
    changeRequest(change);
  };
  const oneRate = rates.range === undefined && rates.values.length < 2;
  const oneFilm = counts.range === undefined || counts.range.to === counts.range.from;
  return (
    <section className="compose-section" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <div className="settings">
        <SecondsField card={card} />
        <ShapeFields card={card} />
        <AudioField card={card} />
        <RegionField card={card} />
      </div>
      <FindingsAt paths={common} />
      <details className="more-settings" open={problems.some(({ path }) => rare.includes(path)) || undefined}>
        <summary>{t('more-settings')}</summary>
        <div className="settings">
          {(!oneRate || fps !== undefined) && (
            <NumberField
              label={t('fps')}
              value={fps}
              placeholder={String(card.fps.default ?? '')}
              min={1}
              max={120}
              onChange={(value) => changeRequest({ fps: value })}
            />
          )}
          {(!oneFilm || count !== undefined) && (
            <NumberField
              label={t('count')}
              value={count}
              placeholder={String(card.count.default ?? 1)}
              min={1}
              max={20}
              onChange={(value) =>
                changeRequest({ count: value === undefined ? undefined : Math.max(1, Math.round(value)) })
              }
            />
          )}
          {(card.seed || seed !== undefined) && (
            <NumberField
              label={t('seed')}
              value={seed}
              placeholder={t('anySeed')}
              min={0}
              max={mostSeed}
              onChange={(value) =>
                changeRequest({
                  seed: value === undefined ? undefined : Math.min(mostSeed, Math.max(0, Math.round(value))),
                })
              }
            />
          )}
          {(canSwitch(card.watermark) || watermark !== undefined) && (
            <Toggle
              label={t('watermark')}
              on={watermark ?? card.watermark?.default === true}
              onChange={(on) => put({ watermark: on })}
            />
          )}
          {(canSwitch(card.expand) || expand !== undefined) && (
            <Toggle
              label={t('expand')}
              on={expand ?? card.expand?.default === true}
              onChange={(on) => put({ expand: on })}
            />
          )}
          <Toggle
            label={t('draftMark')}
            on={draftMark !== false}
            onChange={(on) => put({ draftMark: on ? undefined : false })}
          />
        </div>
        {(card.prompt.negative || negativePrompt !== undefined) && (
          <label className="negative">
            <span className="small quiet">{t('negative')}</span>
            <textarea
              className="field"
              rows={2}
              value={negativePrompt ?? ''}
              onChange={({ target }) =>
                changeRequest({ negativePrompt: target.value === '' ? undefined : target.value })
              }
            />
          </label>
        )}
        <FindingsAt paths={rare} />
      </details>
    </section>
  );
}
