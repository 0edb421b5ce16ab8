import type { Card } from '@refreel/core/model';
import { beginStep, changeRequest, useProjectStore } from '../../document/project-store.ts';
import { beginUpload, roleOfFile } from '../../document/uploads.ts';
import { tellLeft } from '../media/tell-left.ts';

/** Puts pictures where the film starts and ends, as far as the model takes them: where nothing is yet, else in the place of the first. */
export function addFrames(files: Iterable<File>, card: Card): void {
  tellLeft(files, ['image']);
  const pictures = [...files].filter((file) => roleOfFile(file) === 'image');
  const offered = (['startFrame', 'endFrame'] as const).filter((frame) => card.inputs[frame]);
  if (pictures.length === 0 || offered.length === 0) return;
  const { request } = useProjectStore.getState().project;
  const free = offered.filter((frame) => request[frame] === undefined);
  const places = pictures.length > free.length ? offered : free;
  const put = pictures.slice(0, places.length).map((file, at) => [places[at]!, beginUpload(file)]);
  beginStep();
  changeRequest(Object.fromEntries(put));
}
