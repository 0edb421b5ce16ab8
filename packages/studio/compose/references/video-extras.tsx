import type { Card, Reference } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { changeReference } from '../../document/project-store.ts';
import { Toggle } from '../../shared/choice.tsx';

type Video = Extract<Reference, { kind: 'video' }>;

/** What a reference video is for, and whether the film keeps its sound. */
export function VideoExtras({ video, card }: { readonly video: Video; readonly card: Card | undefined }) {
  const t = useTranslations('references');
  const uses = card?.inputs.video?.uses ?? [];
  const offered = uses.includes(video.use) ? uses : [...uses, video.use];
  return (
    <div className="reference-extras column">
      <label className="small">
        {t('use')}
        <select
          className="field"
          value={video.use}
          onChange={({ target }) => changeReference(video.id, () => ({ ...video, use: target.value as Video['use'] }))}
        >
          {offered.map((use) => (
            <option key={use} value={use}>
              {t(`uses.${use}`)}
            </option>
          ))}
        </select>
      </label>
      {(card?.inputs.video?.keepSound === true || video.keepSound !== undefined) && (
        <Toggle
          label={t('keepSound')}
          on={video.keepSound === true}
          onChange={(keepSound) => changeReference(video.id, () => ({ ...video, keepSound }))}
        />
      )}
    </div>
  );
}
