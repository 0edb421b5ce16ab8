import './notice.css';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { create } from 'zustand';
import { Icon } from './icon.tsx';
import { whyFailed } from './why-failed.ts';

/** What was just done, and perhaps what takes it back, or what to do next. */
export interface Notice {
  readonly words: string;
  readonly deed?: { readonly label: string; readonly run: () => Promise<unknown> };
  /** Until it is closed, or something else is said. */
  readonly stays?: true;
}

const shownMilliseconds = 12_000;

const useNotice = create<{ readonly notice: Notice | undefined }>(() => ({ notice: undefined }));

/** Says something at the bottom of the page for a while; it takes the place of what was said before. */
export function notify(notice: Notice): void {
  useNotice.setState({ notice });
}

/** Where notices are said. Once on a page. */
export function NoticeBar() {
  const t = useTranslations('gallery');
  const notice = useNotice((state) => state.notice);
  useEffect(() => {
    if (notice === undefined || notice.stays) return;
    const timer = setTimeout(() => useNotice.setState({ notice: undefined }), shownMilliseconds);
    return () => clearTimeout(timer);
  }, [notice]);
  const act = async () => {
    useNotice.setState({ notice: undefined });
    try {
      await notice?.deed?.run();
    } catch (error) {
      notify({ words: whyFailed(error) });
    }
  };
  return (
    <div className="notice-place" role="status">
      {notice !== undefined && (
        <div className="notice">
          <span>{notice.words}</span>
          {notice.deed !== undefined && (
            <button type="button" className="button tiny" onClick={() => void act()}>
              {notice.deed.label}
            </button>
          )}
          <button
            type="button"
            className="button plain tiny round"
            aria-label={t('close')}
            onClick={() => useNotice.setState({ notice: undefined })}
          >
            <Icon name="close" size={14} />
          </button>
        </div>
      )}
    </div>
  );
}
