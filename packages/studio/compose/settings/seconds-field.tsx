import type { Card } from '@refreel/core/model';
import { situationOf } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { numberChoices } from '../../document/card-choices.ts';
import { changeShot, useProject } from '../../document/project-store.ts';
import { useReview } from '../../document/use-review.ts';
import { Choice } from '../../shared/choice.tsx';

const fewEnough = 8;

/** How long the film is, where it has one shot: chips of single values, a slider of a range. */
export function SecondsField({ card }: { readonly card: Card }) {
  const t = useTranslations('settings');
  const shots = useProject(({ request }) => request.shots);
  const { taken, film } = useReview();
  const { seconds } = shots[0] ?? {};
  const { range, values } = numberChoices(card.seconds, situationOf(taken, film));
  if (shots.length > 1) return null;
  const shown = seconds ?? (typeof card.seconds.default === 'number' ? card.seconds.default : undefined);
  const choose = (next: number) => changeShot(0, { seconds: next });
  if (range === undefined || range.to - range.from < fewEnough - 1) {
    const all = range === undefined ? values : between(range);
    return (
      <Choice
        legend={t('seconds')}
        options={all.map(String)}
        value={shown === undefined ? undefined : String(shown)}
        show={(option) => `${option} s`}
        onChoose={(option) => choose(Number(option))}
      />
    );
  }
  const beyond = shown !== undefined && (shown < range.from || shown > range.to);
  return (
    <label className="seconds">
      <span className="small quiet">{t('seconds')}</span>
      <span className="seconds-row">
        <input
          type="range"
          min={range.from}
          max={range.to}
          step={range.step === 1 ? 1 : 0.5}
          value={shown ?? range.from}
          aria-valuetext={`${shown ?? range.from} s`}
          onChange={({ target }) => choose(target.valueAsNumber)}
        />
        <output className={beyond ? 'wrong-text' : ''}>{shown ?? '–'} s</output>
      </span>
    </label>
  );
}

function between({ from, to }: { readonly from: number; readonly to: number }): number[] {
  return Array.from({ length: Math.floor(to - from) + 1 }, (_, at) => from + at);
}
