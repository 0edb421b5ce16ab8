import { useEffect } from 'react';
import { useOpenProject } from '../document/open-project.ts';
import { mediaIn } from '../document/project-media.ts';
import { useProject } from '../document/project-store.ts';
import { useUploads } from '../document/uploads.ts';
import { useSession } from '../server/session.ts';
import { startSaving, useSavingStore } from './saving.ts';

/** How far the open project is kept. */
export type SaveState =
  | 'new'
  | 'saving'
  | 'saved'
  | 'savedHere'
  | 'savedStranger'
  | 'unsaved'
  | 'refused'
  | 'conflict'
  | 'rival'
  | 'gone';

/** Has the open project kept up on the server while a component is mounted, and later. */
export function useSaving(): void {
  const workspace = useSession().data?.workspace?.id;
  useEffect(() => {
    if (workspace !== undefined) startSaving(workspace);
  }, [workspace]);
}

/** What is true of the open project just now. */
export function useSaveState(): SaveState {
  const { base, unsent, stored, rival } = useOpenProject();
  const { trouble, conflict } = useSavingStore();
  const uploads = useUploads();
  const uploading = useProject(({ request }) =>
    mediaIn(request).some((media) => uploads[media] !== undefined && uploads[media].failure === undefined),
  );
  if (rival !== undefined) return 'rival';
  if (conflict !== undefined) return conflict === 'gone' ? 'gone' : 'conflict';
  if (uploading && (unsent || base > 0)) return 'saving';
  if (!unsent) return base === 0 ? 'new' : 'saved';
  if (trouble === 'refused') return 'refused';
  if (trouble === undefined) return 'saving';
  if (!stored) return 'unsaved';
  return trouble === 'stranger' ? 'savedStranger' : 'savedHere';
}
