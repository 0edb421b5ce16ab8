import { type ClipboardEvent, type DragEvent, type ReactNode, Suspense, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { beginUpload, retryUpload, roleOfFile, useUploads } from '../../document/uploads.ts';
import { Icon, type IconName } from '../../shared/icon.tsx';
import { lazyPart } from '../../shared/lazy-part.tsx';
import { MediaView, useMedium } from '../../shared/media-view.tsx';
import { addressIn } from './address-in.ts';
import type { CropFor } from './crop/crop-ratios.ts';
import { tellLeft } from './tell-left.ts';

const CropDialog = lazyPart(async () => (await import('./crop/crop-dialog.tsx')).CropDialog);

/** What kinds of bytes a place takes. */
export type SlotRole = 'image' | 'video' | 'voice';

const accepted: Readonly<Record<SlotRole, string>> = { image: 'image/*', video: 'video/*,.mkv', voice: 'audio/*' };
const icons: Readonly<Record<SlotRole, IconName>> = { image: 'image', video: 'film', voice: 'voice' };

/**
 * A place for one medium: empty, it takes a click, a dropped or pasted file, a dropped or pasted address; full, it shows what it holds, how its
 * upload does, and lets it be replaced, cropped or taken out.
 */
export function MediaSlot({
  takes,
  label,
  media,
  shape,
  crop,
  hint,
  onMedia,
  children,
}: {
  readonly takes: SlotRole;
  readonly label: string;
  readonly media: string | undefined;
  readonly shape: 'tile' | 'angle' | 'wide';
  /** What a picture is cropped for; absent where it cannot be. */
  readonly crop?: CropFor | undefined;
  /** What belongs here, said while it is empty. */
  readonly hint?: string | undefined;
  readonly onMedia: (media: string | undefined) => void;
  readonly children?: ReactNode;
}) {
  const t = useTranslations('media');
  const input = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const [over, setOver] = useState(false);
  const [cropping, setCropping] = useState(false);
  const upload = useUploads((all) => (media === undefined ? undefined : all[media]));

  /** Whether there was anything to take. */
  const take = (given: DataTransfer | null) => {
    if (given === null) return false;
    if (given.files.length > 0) return takeFiles(given.files);
    const url = addressIn(given.getData('text/uri-list') || given.getData('text/plain'));
    if (url !== undefined) onMedia(beginUpload({ url }));
    return url !== undefined;
  };
  const takeFiles = (files: FileList | null) => {
    const given = [...(files ?? [])];
    const file = given.find((one) => roleOfFile(one) === takes);
    if (file === undefined) tellLeft(given, [takes]);
    else onMedia(beginUpload(file));
    return given.length > 0;
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    if (!take(event.dataTransfer)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const paste = (event: ClipboardEvent) => {
    if (!take(event.clipboardData)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isFull = media !== undefined && upload?.failure === undefined;
  const classes = ['slot', shape, isFull && 'full', over && 'over', upload?.failure !== undefined && 'failed']
    .filter(Boolean)
    .join(' ');
  const slot = (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped here; the button within does the same for keys.
    <div
      className={classes}
      onDragOver={(event) => {
        const { types } = event.dataTransfer;
        if (!types.includes('Files') && !types.includes('text/uri-list')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      onPaste={paste}
    >
      <button
        type="button"
        className="slot-face"
        title={label}
        aria-label={media === undefined ? t('add', { label }) : t('replace', { label })}
        aria-describedby={media === undefined && hint !== undefined ? hintId : undefined}
        onClick={() => input.current?.click()}
      >
        {media === undefined ? (
          <>
            <Icon name={icons[takes]} size={shape === 'angle' ? 18 : 26} />
            <span className="small">{label}</span>
          </>
        ) : (
          <MediaView key={media} media={media} about={label} />
        )}
      </button>
      {media === undefined && hint !== undefined && (
        <span id={hintId} className="slot-hint">
          {hint}
        </span>
      )}
      {media !== undefined && (
        <span className="slot-actions">
          {crop !== undefined && upload?.failure === undefined && (
            <CropButton media={media} label={label} onCrop={() => setCropping(true)} />
          )}
          <button
            type="button"
            className="slot-action"
            aria-label={t('remove', { label })}
            onClick={() => onMedia(undefined)}
          >
            <Icon name="close" size={14} />
          </button>
        </span>
      )}
      {upload !== undefined && upload.failure === undefined && (
        <span className="slot-state small" role="status">
          {t('sending')}
        </span>
      )}
      {children}
      <input
        ref={input}
        type="file"
        hidden
        accept={accepted[takes]}
        onChange={(event) => {
          takeFiles(event.target.files);
          event.target.value = '';
        }}
      />
      {cropping && media !== undefined && crop !== undefined && (
        <Suspense>
          <CropDialog media={media} label={label} what={crop} onMedia={onMedia} onClose={() => setCropping(false)} />
        </Suspense>
      )}
    </div>
  );
  if (upload?.failure === undefined) return slot;
  return (
    <>
      {slot}
      {/* Beside the slot: the smallest has no room for a sentence. */}
      <p className="finding wrong slot-failure" role="alert">
        <span>{upload.failure}</span>
        {upload.again && (
          <button type="button" className="button tiny" onClick={() => retryUpload(media!)}>
            {t('again')}
          </button>
        )}
      </p>
    </>
  );
}

/** Only of a picture that this page can show. */
function CropButton({
  media,
  label,
  onCrop,
}: {
  readonly media: string;
  readonly label: string;
  readonly onCrop: () => void;
}) {
  const t = useTranslations('media');
  const { address, kind } = useMedium(media);
  if (address === undefined || kind !== 'image') return null;
  return (
    <button type="button" className="slot-action" aria-label={t('crop', { label })} onClick={onCrop}>
      <Icon name="crop" size={14} />
    </button>
  );
}
