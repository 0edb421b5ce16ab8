import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ProjectShot } from '../../document/project.ts';
import { useReview } from '../../document/use-review.ts';
import { moveBeside } from './move-beside.ts';
import { turnToShot } from './shot-focus.ts';
import { useShotPictures } from './shot-pictures.ts';

const dragged = 'application/x-refreel-shot';

/** A shot in the strip: its picture, its number, its seconds. It can be taken to another place. */
export function ShotCell({
  index,
  shot,
  seconds,
  active,
  onKeyDown,
  onMove,
}: {
  readonly index: number;
  readonly shot: ProjectShot;
  readonly seconds: number | undefined;
  readonly active: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onMove: (from: number, to: number) => void;
}) {
  const t = useTranslations('storyboard');
  const picture = useShotPictures(({ addresses }) => addresses[index]);
  const { problems } = useReview();
  const [over, setOver] = useState<'before' | 'behind'>();
  const wrong = problems.some(({ path }) => path === `shots[${index}]` || path.startsWith(`shots[${index}].`));
  const sideOf = (event: DragEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return event.clientX < left + width / 2 ? 'before' : 'behind';
  };
  const drop = (event: DragEvent<HTMLElement>) => {
    setOver(undefined);
    const text = event.dataTransfer.getData(dragged);
    if (text === '') return;
    event.preventDefault();
    moveBeside(Number(text), index, sideOf(event), onMove);
  };
  return (
    <div
      role="tab"
      id={`shot-${index}`}
      className={['shot-cell', wrong && 'wrong', over].filter(Boolean).join(' ')}
      style={{ flexGrow: Math.max(seconds ?? 1, 0.1) }}
      tabIndex={active ? 0 : -1}
      aria-selected={active}
      aria-controls="shot-words"
      aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight D S N Delete"
      title={shot.prompt}
      draggable
      onClick={() => turnToShot(index)}
      onKeyDown={onKeyDown}
      onDragStart={(event) => {
        event.dataTransfer.setData(dragged, String(index));
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(dragged)) return;
        event.preventDefault();
        setOver(sideOf(event));
      }}
      onDragLeave={() => setOver(undefined)}
      onDrop={drop}
    >
      {picture !== undefined && <span className="shot-cell-picture" style={{ backgroundImage: `url(${picture})` }} />}
      <span className="shot-cell-number">
        <span className="hidden-visually">{t('shot')} </span>
        {index + 1}
      </span>
      <span className="shot-cell-seconds">{seconds === undefined ? '' : `${seconds} s`}</span>
      <span className="hidden-visually">
        {wrong && t('cannot')} <span className="shot-cell-words">{shot.prompt.slice(0, 80)}</span>
      </span>
    </div>
  );
}
