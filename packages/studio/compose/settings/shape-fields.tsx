import type { Card, Film } from '@refreel/core/model';
import { situationOf, sizeWords } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { shapeChoices, wordChoices } from '../../document/card-choices.ts';
import { beginStep, changeRequest, useProject } from '../../document/project-store.ts';
import { useReview } from '../../document/use-review.ts';
import { Choice } from '../../shared/choice.tsx';

/** The film's shape, as the model lets it be chosen: mode, and pixels or ratio and tier. What is not chosen shows the card's default. */
export function ShapeFields({ card }: { readonly card: Card }) {
  const t = useTranslations('settings');
  const { mode, size, ratio, tier } = useProject(({ request }) => request);
  const { taken, film } = useReview();
  const modes = wordChoices(card.mode, situationOf(taken, film));
  const defaultMode = typeof card.mode?.default === 'string' ? card.mode.default : undefined;
  const { sizes, ratios, tiers } = shapeChoices(card, mode ?? defaultMode);
  const [first] = card.formats.list;
  const choose = (change: Parameters<typeof changeRequest>[0]) => {
    beginStep();
    changeRequest(change);
  };
  const sizeShown = size !== undefined ? sizeWords(size) : film && ratio === undefined ? sizeWords(film) : undefined;
  return (
    <>
      {(modes.length > 1 || mode !== undefined) && (
        <Choice
          legend={t('mode')}
          options={modes}
          value={mode ?? defaultMode}
          onChoose={(option) => choose({ mode: option })}
        />
      )}
      {sizes.length > 0 && (
        <Choice
          legend={t('size')}
          options={sizes}
          value={sizeShown ?? (film === undefined ? undefined : sizeWords(film))}
          show={(option) => option.replace('x', ' × ')}
          onChoose={(option) => {
            const [width = 0, height = 0] = option.split('x').map(Number);
            choose({ size: { width, height }, ratio: undefined, tier: undefined });
          }}
        />
      )}
      {ratios.length > 0 && (
        <Choice
          legend={t('ratio')}
          options={ratios}
          value={
            ratio ?? (size === undefined ? (ratioOfFilm(film, ratios) ?? first?.ratio ?? '16:9') : sizeWords(size))
          }
          onChoose={(option) => choose({ ratio: option, size: undefined })}
        />
      )}
      {(tiers.length > 1 || tier !== undefined) && (
        <Choice
          legend={t('tier')}
          options={tiers}
          value={tier ?? (size === undefined ? (film?.tier ?? first?.tier) : undefined)}
          onChoose={(option) => choose({ tier: option, size: undefined })}
        />
      )}
    </>
  );
}

/** Pixels are whole: a film of 854 x 480 is one of 16:9, and not of 427:240. */
function ratioOfFilm(film: Film | undefined, offered: readonly string[]): string | undefined {
  if (film === undefined) return undefined;
  const share = (ratio: string) => {
    const [width = 1, height = 1] = ratio.split(':').map(Number);
    return width / height / (film.width / film.height);
  };
  return offered.find((ratio) => Math.abs(share(ratio) - 1) < 0.005) ?? film.ratio;
}
