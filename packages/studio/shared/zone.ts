/** The time zone of whoever sits here: what was made is dated by it. */
export const zone: string = Intl.DateTimeFormat().resolvedOptions().timeZone;
