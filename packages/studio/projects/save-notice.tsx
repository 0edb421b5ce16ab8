import { useTranslations } from 'use-intl';
import { settleConflict, settleGone, useSavingStore } from './saving.ts';
import { useSaveState } from './use-saving.ts';

/** What stands in the way of saving, and what can be done; nothing where nothing does. */
export function SaveNotice() {
  const t = useTranslations('projects');
  const state = useSaveState();
  const { message, conflict } = useSavingStore();
  if (state === 'refused')
    return (
      <p role="alert" className="finding wrong">
        {t('refused')}: {message}
      </p>
    );
  if (state === 'gone')
    return (
      <div role="alert" className="finding wrong">
        <span className="finding-words">{t('gone')}</span>
        <button type="button" className="button tiny" onClick={() => settleGone(true)}>
          {t('keepGone')}
        </button>
        <button type="button" className="button tiny" onClick={() => settleGone(false)}>
          {t('letGo')}
        </button>
      </div>
    );
  if (state !== 'conflict' && state !== 'rival') return null;
  const told = typeof conflict === 'object' ? conflict.message : t('rival');
  return (
    <div role="alert" className="finding wrong">
      <span className="finding-words">
        {told} {t('conflictFate')}
      </span>
      <button type="button" className="button tiny" onClick={() => void settleConflict('mine')}>
        {t('keepMine')}
      </button>
      <button type="button" className="button tiny" onClick={() => void settleConflict('theirs')}>
        {t('keepTheirs')}
      </button>
    </div>
  );
}
