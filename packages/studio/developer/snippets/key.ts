/** The variable from which snippets read a key. */
export const keyVariable = 'REFREEL_KEY';

/** What is sent where a server asks for no key: vendors' clients always send one. */
export const anyKey = 'sk-anything';

/** Seconds between two looks. */
export const lookSeconds = 2;
