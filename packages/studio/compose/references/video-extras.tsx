import type { Card, VideoReference } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { changeReference } from '../../document/project-store.ts';
import { Toggle } from '../../shared/choice.tsx';
import { MediaSlot } from '../media/media-slot.tsx';

/** What a reference video is for, whether the film keeps its sound, and whose voice speaks. */
export function VideoExtras({ video, card }: { readonly video: VideoReference; readonly card: Card }) {
  const t = useTranslations('references');
  const taken = card.inputs.video;
  const uses = taken?.uses ?? [];
  const offered = uses.includes(video.use) ? uses : [...uses, video.use];
  const change = (next: Partial<VideoReference>) => changeReference(video.id, () => ({ ...video, ...next }));
  const setVoice = (voice: string | undefined) => {
    const { voice: _, ...rest } = video;
    changeReference(video.id, () => (voice === undefined ? rest : { ...rest, voice }));
  };
  return (
    <div className="reference-extras column">
      <label className="small">
        {t('use')}
        <select
          className="field"
          value={video.use}
          onChange={({ target }) => change({ use: target.value as VideoReference['use'] })}
        >
          {offered.map((use) => (
            <option key={use} value={use}>
              {t(`uses.${use}`)}
            </option>
          ))}
        </select>
      </label>
      {(taken?.keepSound === true || video.keepSound !== undefined) && (
        <Toggle label={t('keepSound')} on={video.keepSound === true} onChange={(keepSound) => change({ keepSound })} />
      )}
      {(taken?.voice === true || video.voice !== undefined) && (
        <MediaSlot takes="voice" shape="angle" label={t('voice')} media={video.voice} onMedia={setVoice} />
      )}
    </div>
  );
}
