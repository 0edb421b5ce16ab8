export type { MentionSyntax, MentionToken } from './mention-syntax.ts';
export { mentionSyntax, mentionSyntaxes, tagsFor } from './mentions.ts';
export { type ReadOptions, type ReadPrompt, readPrompt, readTokens } from './read-prompt.ts';
export { wordJoiner } from './settle-tags.ts';
export { type WriteOptions, type WrittenPrompt, writePromptFor } from './write-prompt.ts';
