import type { Card } from '@refreel/core/model';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { changeShots, useProject } from '../../document/project-store.ts';
import { listedShots } from '../../document/shots.ts';
import { turnToShot } from '../storyboard/shot-focus.ts';

/** Where a text lists shots, a click makes them shots. */
export function ShotListOffer({ index, card }: { readonly index: number; readonly card: Card | undefined }) {
  const t = useTranslations('storyboard');
  const references = useProject(({ request }) => request.references);
  const text = useProject(({ request }) => request.shots[index]?.prompt ?? '');
  const listed = useMemo(() => listedShots(text, references, card?.prompt.mentions ?? null), [text, references, card]);
  if (listed === undefined) return null;
  return (
    <div className="finding advice">
      <span className="finding-words">{t('listed', { count: listed.length })}</span>
      <button
        type="button"
        className="button tiny"
        onClick={() => {
          changeShots((shots) => [...shots.slice(0, index), ...listed, ...shots.slice(index + 1)]);
          turnToShot(index);
        }}
      >
        {t('makeShots')}
      </button>
    </div>
  );
}
