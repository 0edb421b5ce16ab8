/** What begins each part of a ZIP archive, as in PKWARE's APPNOTE 6.3. Numbers are little-endian. */
export const signatures = { file: 0x04034b50, entry: 0x02014b50, end: 0x06054b50 } as const;

/** Bytes of each part without its texts. */
export const sizes = { file: 30, entry: 46, end: 22 } as const;

/** Names are UTF-8. */
export const utf8Flag = 0x0800;

/** 1 January 1980, 00:00, the first date that the format has: archives of the same content are the same. */
export const dosDate = 0x0021;

export const version = 20;
export const methods = { stored: 0, deflated: 8 } as const;
/** Larger ones would need the format's 64-bit extension. */
export const mostBytes = 0xffff_fffe;
