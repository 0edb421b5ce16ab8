import { findCard, typicalSeconds } from '@refreel/core/catalog';
import { check, noFacts } from '@refreel/core/model';
import type { Generation } from '@refreel/sdk';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { typicalWords } from '../compose/review/quote-line.tsx';

/** How far a generation is, as honestly as it is known: a share only where its producer gives one. */
export function Course({ generation }: { readonly generation: Generation }) {
  const t = useTranslations('queue');
  const { state, ended, attempts, createdAt, finishedAt } = generation;
  const now = useNow(!ended);
  const until = finishedAt === null ? now : Date.parse(finishedAt);
  const seconds = Math.max(0, until - Date.parse(createdAt)) / 1000;
  const elapsed = clockWords(seconds);
  const shares = attempts.map(({ progress }) => progress?.share).filter((share) => share !== undefined);
  const share = shares.length === 0 ? undefined : shares.reduce((sum, one) => sum + one, 0) / attempts.length;
  const upstream = attempts.some(({ producer }) => producer === 'upstream');
  if (ended)
    return (
      <span className="small quiet">
        {t(`states.${state}`)} · {elapsed}
      </span>
    );
  const typical = upstream ? typicalOf(generation) : undefined;
  return (
    <div className="course">
      <progress aria-label={t('progress')} {...(share !== undefined && { value: share })} max={1} />
      <span className="small quiet" role="status">
        {t(`states.${state}`)}
        {share !== undefined && ` ${Math.round(share * 100)} %`}
        {share === undefined && upstream && state === 'running' && ` · ${t('noShare')}`}
      </span>
      <span className="small quiet">
        {elapsed}
        {typical !== undefined && ` · ${t('usually', typicalWords(typical))}`}
        {typical !== undefined && seconds > typical.to && ` · ${t('longer')}`}
        {!upstream && ` · ${t('drawnHere')}`}
      </span>
    </div>
  );
}

function typicalOf({ model, request }: Generation) {
  const card = findCard(model);
  const film = card && check(request, card, noFacts).film;
  return film && typicalSeconds(card, request, film);
}

/** "0:07", "12:30". */
function clockWords(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
