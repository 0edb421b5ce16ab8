import type { Refusal } from './use-send.ts';

/** What the server said no to, and what to do next. */
export function RefusalList({ refused }: { readonly refused: readonly Refusal[] }) {
  return refused.map(({ message, remedy }) => (
    <p key={message} role="alert" className="finding wrong">
      {message} {remedy}
    </p>
  ));
}
