import type { Plugin } from 'vite';

const makers = /\/zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/;

/**
 * Leaves out what writes JSON schemas: a fortieth of the first load. Every schema of zod refers to it, and only the server's documentation of
 * the API uses it. Whatever of it is called in the Studio all the same throws.
 */
export function withoutJsonSchemas(): Plugin {
  return {
    name: 'refreel-without-json-schemas',
    enforce: 'pre',
    transform(code, id) {
      if (!makers.test(id)) return undefined;
      const named = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name!);
      const again = [...code.matchAll(/^export \{ \w+ as (\w+) \}/gm)].map(([, name]) => name!);
      const absent = `const absent = () => { throw new Error('the Studio makes no JSON schemas'); };`;
      return { code: `${absent} export { ${[...named, ...again].map((name) => `absent as ${name}`)} };`, map: null };
    },
  };
}
