import type { Media, MediaFacts, Reference, Request } from '@refreel/core/model';

/** A shot as people write it: names in the text, bound when it is read. */
export interface ProjectShot {
  readonly prompt: string;
  readonly seconds?: number;
}

/** An authored request whose references have their ids and names. */
export type ProjectRequest = Omit<Request, 'shots' | 'references'> & {
  readonly references: readonly Reference[];
  readonly shots: readonly ProjectShot[];
};

/** Everything that Compose holds: what is asked for, and what was measured of its media. */
export interface Project {
  readonly version: 1;
  readonly request: ProjectRequest;
  /** Where the model is asked, of vendors that have regions; absent: where the account is. */
  readonly region?: string;
  readonly facts: Readonly<Record<Media, MediaFacts>>;
}

/** The settings of a request, without what it is made of. */
export type ProjectSettings = Omit<ProjectRequest, 'references' | 'shots' | 'model' | 'startFrame' | 'endFrame'>;

export const emptyProject: Project = {
  version: 1,
  request: { model: 'animatic', references: [], shots: [{ prompt: '' }] },
  facts: {},
};

/** Bytes on their way to the server are named so until they have their hash. */
export function isPending(media: Media): boolean {
  return media.startsWith('upload:');
}
