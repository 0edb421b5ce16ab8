import { z } from 'zod';
import { json } from '../answer.ts';
import { docsPage } from '../docs-page.ts';
import { describeRoutes } from '../openapi.ts';
import { type Route, route } from '../route.ts';
import { accountRoutes } from './accounts.ts';
import { assetRoutes } from './assets.ts';
import { budgetRoutes } from './budgets.ts';
import { checkRoutes } from './check.ts';
import { draftRoutes } from './drafts.ts';
import { eventRoutes } from './events.ts';
import { generationRoutes } from './generations.ts';
import { healthRoutes } from './health.ts';
import { keyRoutes } from './keys.ts';
import { ledgerRoutes } from './ledger.ts';
import { metricRoutes } from './metrics.ts';
import { modelRoutes } from './models.ts';
import { projectRoutes } from './projects.ts';
import { receiptRoutes } from './receipts.ts';
import { referenceRoutes } from './references.ts';
import { sandboxRoutes } from './sandbox.ts';
import { faultRoutes } from './sandbox-faults.ts';
import { sessionRoutes } from './session.ts';
import { usageRoutes } from './usage.ts';
import { webhookRoutes } from './webhooks.ts';
import { workspaceRoutes } from './workspaces.ts';

/** Every route of the native API: what is not in this table is not served. */
export function nativeRoutes(lock: () => void): readonly Route[] {
  const routes: Route[] = [
    ...modelRoutes,
    ...checkRoutes,
    ...assetRoutes,
    ...draftRoutes,
    ...referenceRoutes,
    ...projectRoutes,
    ...generationRoutes,
    ...eventRoutes,
    ...webhookRoutes,
    ...budgetRoutes,
    ...receiptRoutes,
    ...usageRoutes,
    ...accountRoutes,
    ...keyRoutes(lock),
    ...workspaceRoutes,
    ...sandboxRoutes,
    ...faultRoutes,
    ...ledgerRoutes,
    ...sessionRoutes,
    ...healthRoutes,
    ...metricRoutes,
  ];
  const common = { method: 'GET', access: 'anyone', owned: false, group: 'Server' } as const;
  let described: unknown;
  routes.push(
    route({
      ...common,
      path: '/openapi.json',
      summary: 'This API as OpenAPI 3.1',
      answers: { 200: { says: 'The document', schema: z.record(z.string(), z.unknown()) } },
      answer(_, { version }) {
        described ??= describeRoutes(routes, version);
        return json(200, described, { 'cache-control': 'no-cache' });
      },
    }),
    route({
      ...common,
      path: '/docs',
      summary: 'This API as a page',
      answers: { 200: { says: 'The page', type: 'text/html' } },
      answer: (_, { version }) => docsPage(routes, version),
    }),
  );
  return routes;
}
