/** Pictures of a film, side by side in rows, as WebP. */
export interface Sheet {
  /** Even; of one picture. The film is scaled to cover it. */
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
}

/** One picture of a film as it is, as PNG. */
export interface Single {
  /** Even: the film's own. */
  readonly width: number;
  readonly height: number;
  /** The frame that shows then, or the last. What lies beyond the end is the last too. */
  readonly seconds: number | 'last';
}

/** What the child is asked. */
export type StillQuestion = (Sheet | Single) & {
  /** Absolute path. */
  readonly file: string;
};

/** The picture in base64, or why the film cannot be seen. */
export type StillAnswer =
  | { readonly ok: true; readonly picture: string }
  | { readonly ok: false; readonly found: string };
