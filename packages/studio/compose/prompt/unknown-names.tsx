import { readTokens } from '@refreel/core/dialects';
import type { Card } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { beginStep, changeShot, useProject } from '../../document/project-store.ts';

const mostOffered = 4;

/** Names that no reference has, each with a click that writes one that there is, wherever it stands. */
export function UnknownNames({ index, card }: { readonly index: number; readonly card: Card | undefined }) {
  const t = useTranslations('prompt');
  const references = useProject(({ request }) => request.references);
  const text = useProject(({ request }) => request.shots[index]?.prompt ?? '');
  const unknown = readTokens(text, references, card?.prompt.mentions ?? null).filter(
    (token) => token.reference === undefined,
  );
  if (references.length === 0) return null;
  const places = Map.groupBy(unknown, ({ start, end }) => text.slice(start, end));
  return [...places].map(([found, tokens]) => {
    const put = (name: string) => {
      const prompt = tokens.reduceRight(
        (written, { start, end }) => `${written.slice(0, start)}@${name}${written.slice(end)}`,
        text,
      );
      beginStep();
      changeShot(index, { prompt });
    };
    return (
      <div key={found} className="unknown-name small">
        <span>{t('unknown', { found })}</span>
        {nearest(found, references).map(({ id, name }) => (
          <button key={id} type="button" className="button tiny" onClick={() => put(name)}>
            @{name}
          </button>
        ))}
      </div>
    );
  });
}

/** The references by how many letters their names share with what was written. */
function nearest<One extends { readonly name: string }>(found: string, references: readonly One[]): One[] {
  const letters = new Set(found.toLowerCase());
  const shared = ({ name }: One) =>
    [...name.toLowerCase()].filter((letter) => letters.has(letter)).length / name.length;
  return references.toSorted((one, other) => shared(other) - shared(one)).slice(0, mostOffered);
}
