import { useTranslations } from 'use-intl';
import { changeShot } from '../../document/project-store.ts';
import { Icon, type IconName } from '../../shared/icon.tsx';
import type { ShotBoard } from './use-shots.ts';

/** What can be done with the shot that is chosen. A lone shot is as long as the film, which is set with the film's other settings. */
export function ShotActions({ board, onMove }: { readonly board: ShotBoard; readonly onMove: (to: number) => void }) {
  const t = useTranslations('storyboard');
  const { shots, seconds, limits, active } = board;
  const [last, several] = [shots.length - 1, shots.length > 1];
  const number = active + 1;
  const deed = (
    name: 'split' | 'duplicate' | 'insert' | 'before' | 'behind' | 'remove',
    icon: IconName,
    act: () => void,
    able = true,
  ) => (
    <button
      type="button"
      className="button plain tiny round"
      aria-label={t(name, { number })}
      title={t(name, { number })}
      disabled={!able}
      onClick={act}
    >
      <Icon name={icon} size={16} />
    </button>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame and a legend.
    <div className="shot-actions" role="group" aria-label={t('actions', { number })}>
      {several && (
        <label className="small quiet">
          <input
            className="field shot-seconds"
            type="number"
            min={limits?.each?.from ?? limits?.step ?? 0.1}
            max={limits?.each?.to ?? limits?.all}
            step={limits?.step ?? 'any'}
            value={shots[active]?.seconds ?? seconds[active] ?? ''}
            aria-label={t('seconds', { number })}
            onChange={({ target }) =>
              changeShot(active, { seconds: target.valueAsNumber > 0 ? target.valueAsNumber : undefined })
            }
          />{' '}
          s
        </label>
      )}
      {deed('split', 'split', () => board.split(active))}
      {deed('duplicate', 'copy', () => board.duplicate(active))}
      {deed('insert', 'add', () => board.insertAfter(active))}
      {several && (
        <>
          {deed('before', 'left', () => onMove(active - 1), active > 0)}
          {deed('behind', 'right', () => onMove(active + 1), active < last)}
          {deed('remove', 'close', () => board.remove(active))}
        </>
      )}
    </div>
  );
}
