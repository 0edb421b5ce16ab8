import type { Card } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { beginStep, changeRequest, useProject } from '../../document/project-store.ts';
import { Icon } from '../../shared/icon.tsx';
import { MediaSlot } from '../media/media-slot.tsx';
import { FindingsAt } from '../review/findings.tsx';

/** The film's first and last picture. */
export function FramesPanel({ card }: { readonly card: Card }) {
  const t = useTranslations('frames');
  const startFrame = useProject(({ request }) => request.startFrame);
  const endFrame = useProject(({ request }) => request.endFrame);
  const { inputs } = card;
  const showStart = inputs.startFrame || startFrame !== undefined;
  const showEnd = inputs.endFrame || endFrame !== undefined;
  const put = (change: { startFrame?: string | undefined; endFrame?: string | undefined }) => {
    beginStep();
    changeRequest(change);
  };
  if (!showStart && !showEnd) return <p className="quiet">{t('none')}</p>;
  return (
    <>
      <div className="frames">
        {showStart && (
          <div className="frame">
            <span className="small quiet">{t('start')}</span>
            <MediaSlot
              takes="image"
              shape="wide"
              label={t('start')}
              media={startFrame}
              onMedia={(media) => put({ startFrame: media })}
            />
          </div>
        )}
        {showStart && showEnd && (
          <button
            type="button"
            className="button plain round"
            aria-label={t('swap')}
            disabled={startFrame === undefined && endFrame === undefined}
            onClick={() => put({ startFrame: endFrame, endFrame: startFrame })}
          >
            <Icon name="swap" />
          </button>
        )}
        {showEnd && (
          <div className="frame">
            <span className="small quiet">{t('end')}</span>
            <MediaSlot
              takes="image"
              shape="wide"
              label={t('end')}
              media={endFrame}
              onMedia={(media) => put({ endFrame: media })}
            />
          </div>
        )}
      </div>
      <FindingsAt paths={['startFrame', 'endFrame']} />
    </>
  );
}
