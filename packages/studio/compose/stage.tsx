import { isBlank, type Media } from '@refreel/core/model';
import { Suspense, useDeferredValue, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useProject } from '../document/project-store.ts';
import { useUploads } from '../document/uploads.ts';
import { type ProjectReview, useReview } from '../document/use-review.ts';
import type { MediumAddress } from '../preview/index.ts';
import { assetAddress } from '../server/client.ts';
import { lazyPart } from '../shared/lazy-part.tsx';
import { usePreferences } from '../shared/preferences.ts';
import { useActiveShot } from './storyboard/shot-focus.ts';
import { showShotPictures } from './storyboard/shot-pictures.ts';

// It brings the planner and the painter: loaded behind all that is needed to write.
const Preview = lazyPart(async () => {
  const { Preview: preview, previewLabels } = await import('../preview/index.ts');
  type Properties = Omit<Parameters<typeof preview>[0], 'labels'> & { readonly language: keyof typeof previewLabels };
  const Spoken = ({ language, ...properties }: Properties) =>
    preview({ ...properties, labels: previewLabels[language], addressOf });
  return Spoken;
});

/** The draft of what is being written, above the prompt: it plays at once and follows the request. */
export function Stage() {
  const t = useTranslations('review');
  const language = usePreferences((preferences) => preferences.language);
  const review = useDeferredValue(useReview());
  const media = useProject((project) => project.facts);
  const shot = useActiveShot();
  const last = useRef<ProjectReview>(undefined);
  const { request, film, pending } = review;
  const empty = request?.references.length === 0 && request.shots.every(({ prompt }) => isBlank(prompt));
  // A request that cannot be made for a moment leaves the last draft standing, and so does a picture that is still on its way.
  if (empty) last.current = undefined;
  else if (request !== undefined && film !== undefined && pending === 0) last.current = review;
  const shown = last.current;
  if (empty) return null;
  if (shown?.request === undefined || shown.film === undefined)
    return pending === 0 ? null : (
      <div className="stage stage-waiting quiet small">{t('uploading', { count: pending })}</div>
    );
  const { width, height } = shown.film;
  return (
    <div className="stage">
      <Suspense fallback={<div style={{ aspectRatio: `${width} / ${height}` }} />}>
        <Preview
          request={shown.request}
          film={shown.film}
          facts={{ media, lines: {} }}
          language={language}
          shot={shot}
          onStills={showShotPictures}
        />
      </Suspense>
    </div>
  );
}

/** Where a medium is seen: stored, or still on its way from this page. */
function addressOf(media: Media): MediumAddress {
  const stored = media.startsWith('asset:');
  const cutout = stored ? assetAddress(media).replace(/content$/, 'cutout.webp') : undefined;
  return { picture: stored ? assetAddress(media) : useUploads.getState()[media]?.preview, cutout };
}
