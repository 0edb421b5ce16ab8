import './frames.css';
import type { Card } from '@refreel/core/model';
import { Fragment } from 'react';
import { useTranslations } from 'use-intl';
import { beginStep, changeRequest, useProject } from '../../document/project-store.ts';
import { Icon } from '../../shared/icon.tsx';
import { MediaSlot } from '../media/media-slot.tsx';
import { Judgements } from '../references/judgements.tsx';
import { LimitCounters } from '../references/limit-counters.tsx';
import { FindingsAt } from '../review/findings.tsx';

const frames = ['startFrame', 'endFrame'] as const;

/** The film's first and last picture. */
export function FramesPanel({ card }: { readonly card: Card }) {
  const t = useTranslations('frames');
  const given = {
    startFrame: useProject(({ request }) => request.startFrame),
    endFrame: useProject(({ request }) => request.endFrame),
  };
  const shown = frames.filter((frame) => card.inputs[frame] || given[frame] !== undefined);
  const put = (change: { startFrame?: string | undefined; endFrame?: string | undefined }) => {
    beginStep();
    changeRequest(change);
  };
  if (shown.length === 0) return <p className="quiet">{t('none')}</p>;
  return (
    <div className="frames-panel">
      <LimitCounters card={card} />
      <div className="frames">
        {shown.map((frame, at) => (
          <Fragment key={frame}>
            {at === 1 && (
              <button
                type="button"
                className="button plain round frames-swap"
                aria-label={t('swap')}
                title={t('swap')}
                disabled={given.startFrame === undefined && given.endFrame === undefined}
                onClick={() => put({ startFrame: given.endFrame, endFrame: given.startFrame })}
              >
                <Icon name="swap" />
              </button>
            )}
            <div className="frame">
              <span className="small quiet">{t(frame)}</span>
              <MediaSlot
                takes="image"
                shape="wide"
                label={t(frame)}
                media={given[frame]}
                crop="frame"
                onMedia={(media) => put({ [frame]: media })}
              />
              <Judgements place={frame} />
            </div>
          </Fragment>
        ))}
      </div>
      <FindingsAt paths={['startFrame', 'endFrame']} />
    </div>
  );
}
