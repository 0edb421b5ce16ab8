/** How many words a text has: each Chinese character is one, each word or number of other scripts is one; signs count for nothing. */
export function wordCount(text: string): number {
  return (
    text.match(
      /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}'’-])*(?!\p{Script=Han})[\p{L}\p{N}](?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}'’-])*/gu,
    )?.length ?? 0
  );
}
