import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { beginUpload, retryUpload, roleOfFile, useUploads } from '../../document/uploads.ts';
import { Icon, type IconName } from '../../shared/icon.tsx';
import { MediaView } from '../../shared/media-view.tsx';

/** What kinds of bytes a place takes. */
export type SlotRole = 'image' | 'video' | 'voice';

const accepted: Readonly<Record<SlotRole, string>> = { image: 'image/*', video: 'video/*,.mkv', voice: 'audio/*' };
const icons: Readonly<Record<SlotRole, IconName>> = { image: 'image', video: 'film', voice: 'voice' };

/**
 * A place for one medium: empty, it takes a click, a dropped file or a pasted address; full, it shows what it holds, how its upload does, and
 * lets it be replaced or taken out.
 */
export function MediaSlot({
  takes,
  label,
  media,
  shape,
  onMedia,
  children,
}: {
  readonly takes: SlotRole;
  readonly label: string;
  readonly media: string | undefined;
  readonly shape: 'tile' | 'angle' | 'wide';
  readonly onMedia: (media: string | undefined) => void;
  readonly children?: ReactNode;
}) {
  const t = useTranslations('media');
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const upload = useUploads((all) => (media === undefined ? undefined : all[media]));

  const take = (files: FileList | null | undefined) => {
    const file = [...(files ?? [])].find((one) => roleOfFile(one) === takes);
    if (file !== undefined) onMedia(beginUpload(file));
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    take(event.dataTransfer.files);
  };
  const classes = ['slot', shape, over && 'over', upload?.failure !== undefined && 'failed'].filter(Boolean).join(' ');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped here; the button within does the same for keys.
    <div
      className={classes}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <button
        type="button"
        className="slot-face"
        title={label}
        aria-label={media === undefined ? t('add', { label }) : t('replace', { label })}
        onClick={() => input.current?.click()}
      >
        {media === undefined ? (
          <>
            <Icon name={icons[takes]} size={shape === 'angle' ? 18 : 26} />
            <span className="small">{label}</span>
          </>
        ) : (
          <MediaView media={media} about={label} />
        )}
      </button>
      {media !== undefined && (
        <button
          type="button"
          className="slot-out"
          aria-label={t('remove', { label })}
          onClick={() => onMedia(undefined)}
        >
          <Icon name="close" size={14} />
        </button>
      )}
      {upload !== undefined && upload.failure === undefined && (
        <span className="slot-state small" role="status">
          {t('sending')}
        </span>
      )}
      {upload?.failure !== undefined && (
        <span className="slot-state small wrong" role="alert">
          {upload.failure}{' '}
          <button type="button" className="button tiny" onClick={() => retryUpload(media!)}>
            {t('again')}
          </button>
        </span>
      )}
      {children}
      <input
        ref={input}
        type="file"
        hidden
        accept={accepted[takes]}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
    </div>
  );
}
