import { z } from 'zod';
import { ErrorAnswer } from './native/shapes.ts';
import type { AnswerShape, Route } from './route.ts';

type Node = Readonly<Record<string, unknown>>;

/** OpenAPI 3.1 of a route table. Its schemas are those that validate, so it cannot say anything else than what is done. */
export function describeRoutes(routes: readonly Route[], version: string): Node {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    paths[route.path] ??= {};
    paths[route.path]![route.method.toLowerCase()] = describeRoute(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Refreel',
      version,
      description:
        'Films from references. A refusal is always `{"error", "problems"}`, in the language of Accept-Language (en, zh). Without a key only this machine is served, as the workspace "default".',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Error: schemaOf(ErrorAnswer, 'output') },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key of `refreel keys create`' },
        admin: { type: 'http', scheme: 'bearer', description: 'REFREEL_ADMIN_KEY' },
        session: {
          ...{ type: 'apiKey', in: 'cookie', name: '__Host-refreel' },
          description:
            'The cookie of POST /v1/session; its name is "refreel_<port>" where the server is not reached by https',
        },
      },
    },
  };
}

function describeRoute({ method, path, access, group, summary, query, headers, body, answers }: Route): Node {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const properties = query === undefined ? {} : ((schemaOf(query, 'input').properties ?? {}) as Record<string, Node>);
  const inQuery = Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }));
  const inHeaders = Object.entries(headers ?? {}).map(([name, description]) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  }));
  const parameters = [...inPath, ...inQuery, ...inHeaders];
  return {
    operationId: operationId(method, path),
    tags: [group],
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: {
        required: body.optional !== true,
        content: {
          'application/json': { schema: schemaOf(body.schema, 'input') },
          ...Object.fromEntries((body.alsoTypes ?? []).map((type) => [type, { schema: bytesOf(type) }])),
        },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, shape]) => [status, describeAnswer(Number(status), shape)]),
      ),
      default: {
        description: 'Refused',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
    security: security[access],
  };
}

const security: Readonly<Record<Route['access'], readonly Node[]>> = {
  anyone: [],
  caller: [{ key: [] }, { session: [] }, {}],
  visitor: [{ key: [] }, { session: [] }, {}],
  keeper: [{ key: [] }, { session: [] }, { admin: [] }, {}],
  admin: [{ admin: [] }],
  operator: [{ admin: [] }, {}],
};

function describeAnswer(status: number, { says, schema, type }: AnswerShape): Node {
  if (schema !== undefined)
    return { description: says, content: { 'application/json': { schema: schemaOf(schema, 'output') } } };
  if (type !== undefined) return { description: says, content: { [type]: {} } };
  if (status < 400) return { description: says };
  return { description: says, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } };
}

function bytesOf(type: string): Node {
  if (type !== 'multipart/form-data') return {};
  return { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Node {
  // Dialect 2020-12 is that of OpenAPI 3.1, so it need not be named in each.
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' });
  return plain;
}

/** "post_v1_generations_id_cancel". */
function operationId(method: string, path: string): string {
  return `${method.toLowerCase()}${path.replace(/[/{}.]+/g, '_').replace(/_$/, '')}`;
}
