/** What a script can tell from `refreel`'s exit code. Ended by a signal it is 128 and the signal's number: 130 for Ctrl-C. */
export const exitCodes = {
  done: 0,
  /** A fault of Refreel itself. */
  bug: 1,
  /** The command line is wrong: an unknown option, a missing argument. */
  usage: 2,
  /** The request was refused: its problems say why. */
  refused: 3,
  /** The request is right and the film could not be made or written: disk, memory, permission. */
  failed: 4,
  /** Nobody can tell whether a vendor has the request and charges for it: a person settles it. */
  unconfirmed: 5,
} as const;
