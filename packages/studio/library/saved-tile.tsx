import type { SavedReference } from '@refreel/sdk';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { assetAddress } from '../server/client.ts';
import { Icon } from '../shared/icon.tsx';
import { ReferenceFace } from './reference-face.tsx';
import { faceOf } from './saved-media.ts';
import { SavedName } from './saved-name.tsx';
import { addSavedReference } from './use-reference.ts';

/** One kept reference: its pictures, its name, where it was used, and what can be done with it. */
export function SavedTile({
  saved,
  onForget,
  onUses,
}: {
  readonly saved: SavedReference;
  readonly onForget: () => void;
  readonly onUses: () => void;
}) {
  const t = useTranslations('library');
  const [, go] = useLocation();
  const { name, uses, kind } = saved;
  const face = faceOf(saved);
  const angles = 'angles' in saved ? (saved.angles ?? []) : [];
  const voice = 'voice' in saved && saved.voice !== undefined;
  const use = () => {
    void addSavedReference(saved);
    go('/');
  };
  return (
    <li className={`saved ${kind}`} data-name={name}>
      <div className="saved-face">
        <ReferenceFace reference={saved} about={name} />
        {(angles.length > 0 || voice) && face !== undefined && (
          <div className="saved-more">
            {angles.map((angle) => (
              <img key={angle} src={assetAddress(angle)} alt="" loading="lazy" />
            ))}
            {voice && (
              <span className="saved-voice">
                <Icon name="voice" size={16} />
              </span>
            )}
          </div>
        )}
      </div>
      <div className="saved-words">
        <SavedName saved={saved} />
        {uses.count === 0 ? (
          <span className="small quiet">{t('uses', { count: 0 })}</span>
        ) : (
          <button type="button" className="saved-uses small" title={t('showUses', { name })} onClick={onUses}>
            {t('uses', { count: uses.count })}
          </button>
        )}
        <div className="saved-actions">
          <button type="button" className="button tiny" onClick={use}>
            {t('use')}
          </button>
          <button type="button" className="button plain tiny" aria-label={t('forgetOne', { name })} onClick={onForget}>
            {t('forget')}
          </button>
        </div>
      </div>
    </li>
  );
}
