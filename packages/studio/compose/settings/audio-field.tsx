import { type Card, type Money, showMoney } from '@refreel/core/model';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { canSwitch } from '../../document/card-choices.ts';
import { beginStep, changeRequest, useProject } from '../../document/project-store.ts';
import { reviewProject } from '../../document/use-review.ts';
import { Toggle } from '../../shared/choice.tsx';

/** Sound, with what it costs more or less than the other way. */
export function AudioField({ card }: { readonly card: Card }) {
  const t = useTranslations('settings');
  const project = useProject((one) => one);
  const difference = useMemo(() => {
    const at = (audio: boolean) =>
      reviewProject({ ...project, request: { ...project.request, audio } }, false).quote?.total ?? undefined;
    return canSwitch(card.audio) ? costBetween(at(false), at(true)) : undefined;
  }, [project, card]);
  const on = project.request.audio ?? card.audio.default === true;
  if (!canSwitch(card.audio) && project.request.audio === undefined)
    return <p className="small quiet">{card.audio.default === true ? t('alwaysSound') : t('neverSound')}</p>;
  return (
    <Toggle
      label={t('audio')}
      hint={
        difference === undefined || difference.micros === 0 ? undefined : t('more', { amount: showMoney(difference) })
      }
      on={on}
      onChange={(audio) => {
        beginStep();
        changeRequest({ audio });
      }}
    />
  );
}

function costBetween(without: Money | undefined, beside: Money | undefined): Money | undefined {
  if (without === undefined || beside === undefined || without.currency !== beside.currency) return undefined;
  return { micros: beside.micros - without.micros, currency: beside.currency };
}
