/** What the doctor found of one part. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  /** A failure that leaves Refreel usable. */
  readonly optional?: boolean;
  readonly says: string;
}
