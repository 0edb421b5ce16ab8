import { type Route, route } from '../route.ts';

/** Figures for whoever runs the server. */
export const metricRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/metrics',
    access: 'operator',
    owned: false,
    group: 'Server',
    summary: 'Figures in the format of Prometheus',
    answers: { 200: { says: 'The figures', type: 'text/plain' }, 403: { says: 'Not the administrator' } },
    async answer(_, { metrics, database }) {
      const { type, body } = await metrics.text(database);
      return new Response(body, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
    },
  }),
];
