/** Pictures of a film, side by side in rows. */
export interface Sheet {
  /** Even; of one picture. The film is scaled to cover it. */
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
}

/** What the child is asked. */
export interface SheetQuestion extends Sheet {
  /** Absolute path. */
  readonly file: string;
}

/** The sheet as WebP in base64, or why the film cannot be seen. */
export type SheetAnswer = { readonly ok: true; readonly webp: string } | { readonly ok: false; readonly found: string };
