import './library.css';
import type { ReferenceKind } from '@refreel/core/model';
import type { SavedReference } from '@refreel/sdk';
import { useTranslations } from 'use-intl';
import { useSavedReferences } from '../server/references.ts';
import { PickDialog } from '../shared/pick-dialog.tsx';
import { whyFailed } from '../shared/why-failed.ts';
import { ReferenceFace } from './reference-face.tsx';

/**
 * A window in which a reference of the library is picked; `kinds` are those that can be. What to do with it is the caller's:
 * `addSavedReference` of use-reference.ts brings it into Compose.
 */
export function PickReference({
  kinds,
  onPick,
  onClose,
}: {
  readonly kinds?: readonly ReferenceKind[] | undefined;
  readonly onPick: (picked: SavedReference) => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('library');
  const { items, isPending, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useSavedReferences();
  const offered = kinds === undefined ? items : items.filter(({ kind }) => kinds.includes(kind));
  return (
    <PickDialog
      title={t('pick')}
      failure={error === null ? undefined : whyFailed(error)}
      empty={isPending || hasNextPage ? undefined : t('nothingFits')}
      more={hasNextPage ? { busy: isFetchingNextPage, ask: () => void fetchNextPage() } : undefined}
      onClose={onClose}
    >
      {offered.map((saved) => (
        <li key={saved.id}>
          <button type="button" className="pick" data-name={saved.name} onClick={() => onPick(saved)}>
            <span className="pick-face">
              <ReferenceFace reference={saved} about="" />
            </span>
            <span className="pick-name">@{saved.name}</span>
          </button>
        </li>
      ))}
    </PickDialog>
  );
}
