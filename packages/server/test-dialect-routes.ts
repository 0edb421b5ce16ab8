import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dialects, exchangesOf } from '@refreel/core/dialects';
import { type Ammunition, type Field, type FuzzRoute, isField } from './test-fuzz.ts';

/** Every exchange of every dialect as a row of a table; its other bases lead to the same code. */
export const dialectRoutes: readonly FuzzRoute[] = dialects.flatMap((dialect) =>
  dialect.bases
    .slice(0, 1)
    .flatMap(({ path: base }) =>
      exchangesOf(dialect).map(
        ({ method, path }): FuzzRoute => ({ method, path: base + inBraces(path), access: 'caller' }),
      ),
    ),
);

function inBraces(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

type Documented = Pick<Ammunition, 'bodies' | 'forms' | 'headers'>;

/** What the dialects' documents give as examples, by route. A dialect without any gets none. */
export async function documentedAsks(): Promise<Documented> {
  const bodies: Record<string, unknown[]> = {};
  const forms: Record<string, (readonly Field[])[]> = {};
  const headers: Record<string, Record<string, string>> = {};
  for (const dialect of dialects) {
    const file = join(import.meta.dirname, '../core/dialects', dialect.id, 'goldens/index.ts');
    if (!existsSync(file)) continue;
    const { goldens } = (await import(pathToFileURL(file).href)) as { goldens: Examples };
    for (const { ask } of goldens.asks) {
      const exchange = exchangesOf(dialect).find(
        ({ method, path }) => method === ask.method && patternOf(path).test(ask.path),
      );
      if (exchange === undefined) continue;
      for (const { path: base } of dialect.bases.slice(0, 1)) {
        const route = `${ask.method} ${base}${inBraces(exchange.path)}`;
        if (ask.body.kind === 'json') bodies[route] = [...(bodies[route] ?? []), ask.body.value];
        if (ask.body.kind === 'form') forms[route] = [...(forms[route] ?? []), ask.body.parts.filter(isField)];
        headers[route] = { ...headers[route], ...withoutKey(ask.headers) };
      }
    }
  }
  return { bodies, forms, headers };
}

interface Examples {
  readonly asks: readonly {
    readonly ask: {
      readonly method: string;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body:
        | { readonly kind: 'json'; readonly value: unknown }
        | { readonly kind: 'form'; readonly parts: readonly (Field | { readonly name: string })[] }
        | { readonly kind: 'none' | 'bytes' };
    };
  }[];
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.+]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`);
}

/** The key is another matter, and the type follows from the body that is sent. */
function withoutKey(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(?:authorization|content-)/i.test(name)));
}
